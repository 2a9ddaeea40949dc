"""Elements: making, attributes, children, finding, walking, copies, and the errors of each."""
import copy
import pickle
import re
import warnings
import xml.etree.ElementTree as ET


def t(f):
    try:
        return re.sub(' at 0x[0-9a-f]+', '', repr(f()))
    except Exception as e:
        return f'{type(e).__name__}: {e}'


E=ET.Element
print(E, E.__module__, E.__mro__, [n for n in dir(E) if n not in dir(object)])
e=E('a',{'x':'1'},y='2'); c=ET.SubElement(e,'b',k='v'); c.text='t'; c.tail='q'
print(t(lambda: e.__getstate__()), e.__sizeof__() > 0)
for s in ["E()","E('a',5)","E('a',x=1).attrib","E('a',{'x':1},x=2).attrib","E(5).tag","e.append(5)","e.extend([c,5])","e.extend(5)","e.insert('a',c)","e.insert(0,5)","e[5]","e['a']","e[0:1]","e[-1].tag","e.remove(E('z'))","e.remove(5)","len(e)","bool(e)","bool(E('q'))","e.get('x')","e.get('zz')","e.get('zz',5)","e.get()","e.set('z')","e.keys()","e.items()","e.find('b').tag","e.find('zz')","e.findtext('b')","e.findtext('zz')","e.findtext('zz','d')","e.findall('b')[0].tag","list(e.iterfind('b'))[0].tag","e.find(5)","e.iter()","list(e.iter('b'))[0].tag","list(e.iter('*'))==list(e.iter())","list(e.itertext())","e.itertext()","e.makeelement('a',{}).tag","e.makeelement('a')","e.makeelement('a',5)","e.makeelement('a',{'x':1}).attrib","copy.copy(e).attrib is e.attrib","copy.copy(e)[0] is e[0]","copy.deepcopy(e)[0] is e[0]","ET.tostring(copy.deepcopy(e))","ET.tostring(pickle.loads(pickle.dumps(e)))","repr(e)","e==e","hash(e)!=0","e.foo","setattr(e,'foo',1)","e.__dict__","setattr(e,'attrib',5)","setattr(e,'attrib',{})","delattr(e,'tag')","e.text","setattr(e,'text',5)","E('a').attrib","E('a').text","E('a').tail","ET.SubElement(5,'a')","ET.SubElement(e)","ET.SubElement(e,'a',5)","iter(e)","list(reversed(e))[0].tag","e.clear()","e.attrib, e.text,len(e),e.tag","e.__setstate__(5)","e.__setstate__({'tag':'a'})","e.iter(tag='x')","E.find(e,'x',namespaces=None)","E.find(e,path='x')","e.getchildren()","type(E('a').iter())","next(E('a').iter()).tag","ET.QName('a','b')","e.find(ET.QName('b'))","c in e","e.__contains__"]:
    print(s,'->',t(lambda: eval(s)))
e=E('r'); [ET.SubElement(e,x) for x in 'abcdef']
def do(s):
    global e
    e=E('r'); [ET.SubElement(e,x) for x in 'abcdef']
    try: exec(s)
    except BaseException as x: print(s, type(x).__name__, x)
    print(s,[q.tag for q in e])
N=E('n')
for s in ["e[0]=N","e[9]=N","e[0]=5","del e[0]","del e[9]","e[1:3]=[N]","e[1:3]=[]","e[::2]=[N,N,N]","e[::2]=[N]","e[1:3]=[5]","e[1:3]=5","del e[1:3]","del e[::2]","del e[::-2]","e[::-1]=[N]*6","e['a']=N","del e['a']","e.insert(-1,N)","e.insert(100,N)","e.insert(-100,N)","e[2:1]=[N]","del e[-1]","e[-1]=N","e.remove(e[2])","e[:]=[]", "e[-9]=N"]: do(s)
class S(E):
    def __init__(self,*a): super().__init__('s'); self.q=1
s=S(); s.append(N); print(s.tag,s.q,s.__dict__, copy.copy(s).__class__, s.makeelement('a',{}).__class__)
p=ET.SubElement(s,'zz'); print(type(p).__name__)
it=e.iter(); print(next(it).tag); 
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); bool(e); print([str(x.message) for x in w])
class Sub(str): pass
print([x.tag for x in e.iter(Sub('a'))], ET.TreeBuilder, ET.XMLParser, ET.ParseError)
d=E('d'); d.text=['a','b'] ; print(t(lambda:list(d.itertext())))
d=E('d'); d.text='x'; z=ET.SubElement(d,ET.Comment); z.text='c'; z.tail='y'; print(list(d.itertext()))
big=E('x')
for i in range(20000):
    n=E('x'); n.append(big); big=n
del big,n; print('deep ok')
