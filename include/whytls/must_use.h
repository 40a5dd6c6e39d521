/*
 * must_use.h - for functions whose answer must not be passed over: who ignores it does not compile
 * (the Makefile makes that warning an error). Uses nothing.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_MUST_USE_H
#define WHYTLS_MUST_USE_H

#define MUST_USE __attribute__((warn_unused_result))

#endif
