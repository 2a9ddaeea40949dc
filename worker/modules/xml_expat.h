/* xml_expat: how this worker's parsers by libexpat are made, for all modules that use it. */
#ifndef ATOLL_MODULES_XML_EXPAT_H
#define ATOLL_MODULES_XML_EXPAT_H

#include <expat.h>
#include <stdbool.h>
#include <stddef.h>

/* A parser whose memory is the worker's heap and whose hash salt the process's own. NULL: no memory (nothing raised). */
XML_Parser expat_parser_new(const char *encoding_or_null, const char *separator_or_null);
/* The handler of encodings that expat does not know: those of single bytes are asked of the codecs. */
int expat_unknown_encoding(void *data, const XML_Char *name, XML_Encoding *info);
/* Parses by steps, each charged: OK, or an error of expat's, or one that is pending. */
enum XML_Status expat_feed(XML_Parser parser, const char *data, size_t n, bool final);

#endif
