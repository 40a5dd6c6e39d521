/*
 * from_file.h - a chain from a file's bytes becomes the one probe of a case.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_SESSION_FROM_FILE_H
#define WHYTLS_SESSION_FROM_FILE_H

#include "whytls/evidence.h"

/* False where it holds no certificate that could be kept; then error says why. */
bool add_chain_from_file(struct evidence *ev, const void *bytes, size_t len, char *error,
                         size_t error_size);

#endif
