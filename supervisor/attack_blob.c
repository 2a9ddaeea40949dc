/* The text of attack_program.py, in the executable's read-only data. */
__asm__(".section .rodata\n"
        ".global attack_program\n"
        ".global attack_program_end\n"
        "attack_program:\n"
        ".incbin \"" ATTACK_PROGRAM "\"\n"
        "attack_program_end:\n"
        ".byte 0\n"
        ".text\n");
