/* The blob of frozen modules, as it came from the freezer, in the executable's read-only data. */
__asm__(".section .rodata\n"
        ".balign 16\n"
        ".global frozen_blob\n"
        ".global frozen_blob_end\n"
        "frozen_blob:\n"
        ".incbin \"" FROZEN_FILE "\"\n"
        "frozen_blob_end:\n"
        ".byte 0\n"
        ".text\n");
