import sysconfig, faulthandler
print(sysconfig.get_config_var("Py_DEBUG"), sysconfig.get_config_var("VERSION"), sysconfig.get_path("stdlib"))
faulthandler.enable()
print(faulthandler.is_enabled(), faulthandler.disable(), faulthandler.disable())
for wrong in (0, -1):
    try:
        faulthandler.dump_traceback_later(wrong)
    except ValueError as e:
        print(e)
