# whytls - GNU make. `make run`, `make check`, `make install`, `make bench`, `make fuzz`; README.md.
# A packager overrides CC, CFLAGS, CPPFLAGS, LDFLAGS, prefix, DESTDIR on the command line or in
# config.mk; what the build itself needs is added beside them.
-include config.mk

CC          ?= cc
PKG_CONFIG  ?= pkg-config
CFLAGS      ?= -O2 -g
# What the compiler has of these is asked once, when something is built.
HARDENING   ?= $(eval HARDENING := $(shell sh tools/hardening.sh compile $(CC) $(CFLAGS)))$(HARDENING)
HARDENING_LD ?= $(eval HARDENING_LD := $(shell sh tools/hardening.sh link $(CC) $(CFLAGS)))$(HARDENING_LD)
WARNINGS    ?= -Wall -Wextra -Wpedantic -Wshadow -Wformat=2 -Wstrict-prototypes -Wvla \
               -Wmissing-prototypes -Wunused-result -Wno-format-nonliteral
WERROR      ?=
SANITIZE    ?=
prefix      ?= /usr/local
bindir      ?= $(prefix)/bin
datadir     ?= $(prefix)/share
mandir      ?= $(datadir)/man
BUILD       ?= build
TARGET      ?=
V           ?=

# A line a file; V=1 shows whole commands, as packagers want them.
say = $(if $(V),,@printf '  %-4s %s\n' $(1) $(2))
Q   = $(if $(V),,@)

VERSION  := 0.1.0
PACKAGES := gnutls libuv ncursesw libcjson libcurl sqlite3

# Asked only when something is built, so that `make run` can install what is missing first.
# What is missing is named by package; tools/deps.sh knows how each system calls it.
ask_pkg_config = $(shell $(PKG_CONFIG) $(1) $(3) 2>/dev/null)$(if $(filter-out 0,$(.SHELLSTATUS)),$(lacks))
lacks = $(error $(shell PKG_CONFIG='$(PKG_CONFIG)' sh tools/deps.sh missing-$(2) $(3)))
PKG_CFLAGS = $(eval PKG_CFLAGS := $(call ask_pkg_config,--cflags,build,$(PACKAGES)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(call ask_pkg_config,--libs,build,$(PACKAGES)) -lm)$(PKG_LIBS)
UNIT_CFLAGS = $(eval UNIT_CFLAGS := $(call ask_pkg_config,--cflags,check,cmocka))$(UNIT_CFLAGS)

# All cores, where the user has not said how many.
CORES = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN || echo 1))

ALL_CPPFLAGS = -D_GNU_SOURCE -DNCURSES_WIDECHAR=1 -Iinclude -Isrc -I$(BUILD)/gen $(PKG_CFLAGS) $(CPPFLAGS)
# Position-independent, so that the program and the library that the tests share have the same objects.
# And who does not look whether a text was cut does not compile (include/whytls/must_use.h).
ALL_CFLAGS   = -std=c11 -fPIC $(WARNINGS) -Werror=unused-result $(WERROR) $(HARDENING) $(SANITIZE) $(CFLAGS)
ALL_LDFLAGS  = $(HARDENING_LD) $(SANITIZE) $(LDFLAGS)

SOURCES := $(sort $(shell find src -name '*.c'))
# What explain.h has: a table in C, made of it.
MESSAGES := src/data/messages.json
DATA    := $(filter-out $(MESSAGES),$(sort $(wildcard src/data/*.json)))
THEMES  := $(sort $(wildcard themes/*.json))
CATALOGUES := $(patsubst po/%.po,$(BUILD)/gen/%.mo,$(sort $(wildcard po/*.po)))
OBJECTS := $(SOURCES:%.c=$(BUILD)/obj/%.o)
# All of the program but its main. The tests share it, so that an edit is one compilation and one link;
# calls within it are as direct as they are in the program, but for those that a test plays.
LIBRARY := $(BUILD)/libwhytls.so
LIBRARY_OBJECTS := $(filter-out $(BUILD)/obj/src/main.o,$(OBJECTS)) \
    $(BUILD)/obj/gen/data_files.o $(BUILD)/obj/gen/theme_files.o \
    $(BUILD)/obj/gen/catalogue_files.o $(BUILD)/obj/gen/message_table.o
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
TEST_TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tests/tools/%,$(sort $(wildcard tests/tools/*.c)))

# Objects are kept, also those that are only made on the way to a test.
.SECONDARY:
.PHONY: all run deps deps-check deps-foreign check check-fast check-foreign bench install uninstall clean format lint golden-update
all: $(BUILD)/whytls

# A second make, so that what `deps` has just installed is seen.
run: deps
	+@$(MAKE) --no-print-directory $(CORES) all
	@BUILD=$(BUILD) sh tools/run.sh $(TARGET)

deps:
	@PKG_CONFIG='$(PKG_CONFIG)' sh tools/deps.sh build

deps-check deps-foreign:
	@PKG_CONFIG='$(PKG_CONFIG)' sh tools/deps.sh $(@:deps-%=%)

$(BUILD)/whytls: $(BUILD)/obj/src/main.o $(LIBRARY_OBJECTS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

PLAYED := tests/unit/played.list
$(LIBRARY): $(LIBRARY_OBJECTS) $(PLAYED)
	$(call say,LINK,$@)
	$(Q)$(CC) -shared -Wl,-Bsymbolic-functions,--dynamic-list=$(PLAYED) $(ALL_CFLAGS) $(filter-out -pie,$(ALL_LDFLAGS)) \
	    -o $@ $(LIBRARY_OBJECTS) $(PKG_LIBS)

$(BUILD)/obj/%.o: %.c Makefile | $(BUILD)/gen/build_info.h
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# What only the build knows; written anew where it changed, so that a commit does not compile everything again.
# The build date is a witness of the time (doc/design.md): from the source, so that builds reproduce.
.PHONY: FORCE
$(BUILD)/gen/build_info.h: FORCE
	@mkdir -p $(@D)
	@printf '#define WHYTLS_%s %s\n' VERSION '"$(VERSION)"' DATADIR '"$(datadir)/whytls"' \
	    BUILD_TIME "$$(sh tools/build-time.sh)" >$@.tmp
	@if cmp -s $@.tmp $@; then rm $@.tmp; else mv $@.tmp $@; fi

# Data files, compiled in.
$(BUILD)/tools/%: tools/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) -std=c11 -Wall -Wextra -O1 -o $@ $<

$(BUILD)/gen/data_files.c: $(DATA)
$(BUILD)/gen/theme_files.c: $(THEMES)
$(BUILD)/gen/catalogue_files.c: $(CATALOGUES)
$(BUILD)/gen/%.mo: po/%.po
	@mkdir -p $(@D)
	$(call say,MSGFMT,$@)
	$(Q)msgfmt --check -o $@ $<
$(BUILD)/gen/%_files.c: $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(call say,DATA,$@)
	$(Q)$(BUILD)/tools/embed $*_files $(filter %.json %.mo,$^) > $@.tmp && mv $@.tmp $@

$(BUILD)/gen/message_table.c: $(MESSAGES) $(BUILD)/tools/embed_messages
	@mkdir -p $(@D)
	$(call say,DATA,$@)
	$(Q)$(BUILD)/tools/embed_messages $< > $@.tmp && mv $@.tmp $@

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# The tests, each an object and a link against the library that stands beside them.
AGAINST_LIBRARY = -L$(BUILD) -lwhytls -Wl,-rpath,$(abspath $(BUILD)) $(PKG_LIBS)
$(BUILD)/obj/tests/%.o: ALL_CPPFLAGS += -Itests
$(BUILD)/obj/tests/unit/%.o: ALL_CPPFLAGS += $(UNIT_CFLAGS)

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o | $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(AGAINST_LIBRARY) -lcmocka

$(BUILD)/tests/tools/%: $(BUILD)/obj/tests/tools/%.o | $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(AGAINST_LIBRARY)

# What calls the fuzzers' entry points: our own driver, or libFuzzer (`make fuzz` sets LIBFUZZER).
FUZZ_MAIN_OBJECT = $(if $(LIBFUZZER),,$(BUILD)/obj/tests/fuzz/drive.o)
$(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $(FUZZ_MAIN_OBJECT) | $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LIBFUZZER) -o $@ $^ $(AGAINST_LIBRARY)

# The same objects, with every allocation sent through tests/torture/alloc.c (ld's --wrap).
TORTURE := $(BUILD)/torture/torture
WRAPPED := malloc calloc realloc free strdup strndup opendir realpath scandir glob
$(BUILD)/obj/tests/torture/%.o: ALL_CPPFLAGS += $(UNIT_CFLAGS)
$(TORTURE): $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(wildcard tests/torture/*.c))) $(LIBRARY_OBJECTS)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -rdynamic $(WRAPPED:%=-Wl,--wrap=%) -o $@ $^ $(PKG_LIBS)

.PHONY: tests fuzzers fuzz
tests: $(BUILD)/whytls $(LIBRARY) $(UNIT_TESTS) $(TEST_TOOLS) $(FUZZERS) $(TORTURE)
fuzzers: $(BUILD)/whytls $(FUZZERS)

# Needs clang. FUZZ_SECONDS for each; what it finds is kept in $(BUILD)/libfuzzer/fuzzing, and is a seed
# (tests/fuzz/seeds.sh) when it is mended.
fuzz:
	+@$(MAKE) --no-print-directory CC=clang BUILD=$(BUILD)/libfuzzer HARDENING= HARDENING_LD= \
	    CFLAGS="-O1 -g -fno-omit-frame-pointer" LIBFUZZER=-fsanitize=fuzzer \
	    SANITIZE="-fsanitize=fuzzer-no-link,address,undefined" fuzzers
	@BUILD=$(BUILD)/libfuzzer sh tests/fuzz/run.sh

# Builds twice, plain and with sanitizers, what tests/run.sh runs of each: fuzzers and torture with sanitizers alone.
# -g1 has the lines of a report, and costs a sixth less of the compiler.
.PHONY: tests-twice tests-plain tests-sanitized
tests-plain: $(BUILD)/whytls $(LIBRARY) $(UNIT_TESTS) $(TEST_TOOLS) $(TORTURE)
tests-sanitized: $(BUILD)/whytls $(LIBRARY) $(UNIT_TESTS) $(FUZZERS) $(if $(WHOLE),$(TORTURE))
tests-twice:
	+@$(MAKE) --no-print-directory $(CORES) WERROR=-Werror tests-plain
	+@$(MAKE) --no-print-directory $(CORES) WERROR=-Werror BUILD=$(BUILD)/asan HARDENING= HARDENING_LD= \
	    CFLAGS="-O1 -g1 -fno-omit-frame-pointer" \
	    SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined" tests-sanitized

# Installs what the tests need, and runs all that need neither root nor servers of other makers.
check: deps-check
	+@$(MAKE) --no-print-directory tests-twice
	@BUILD=$(BUILD) sh tests/run.sh

# The same, and of what tests take a sample of (states, cuts, chains) all: before a release, as it takes long.
.PHONY: check-whole
check-whole:
	+@WHOLE=1 $(MAKE) --no-print-directory check

# The others: faults and healthy servers on foreign software, network namespaces. Says what it skips.
check-foreign: deps-foreign
	+@$(MAKE) --no-print-directory tests-twice
	@BUILD=$(BUILD) SUITES=foreign sh tests/run.sh

# For the one who works on it: the plain build's tests, without installing anything.
check-fast: tests
	@BUILD=$(BUILD) FAST=1 sh tests/run.sh

# `make t=walk`: what has "walk" in its name, built and run; nothing else.
t ?=
ifneq ($(t),)
.DEFAULT_GOAL := some
endif
SOME_TESTS = $(foreach test,$(UNIT_TESTS),$(if $(strip $(foreach word,$(t),\
    $(findstring $(word),$(test:$(BUILD)/tests/test_%=unit/%)))),$(test)))
.PHONY: some
some: $(BUILD)/whytls $(LIBRARY) $(SOME_TESTS) $(TEST_TOOLS) $(TORTURE)
	@BUILD=$(BUILD) FAST=1 sh tests/run.sh $(t)

# What a reader sees, written anew: screens, advice, the tree. Read the difference before a commit.
golden-update: $(BUILD)/whytls $(TEST_TOOLS)
	@BUILD=$(BUILD) UPDATE_GOLDEN=1 sh tests/golden.sh
	@BUILD=$(BUILD) UPDATE_GOLDEN=1 sh tests/screens/test_wizard.sh

# The texts that are to be translated, with the notes for translators that stand before them.
.PHONY: pot
pot:
	@mkdir -p po $(BUILD)
	@sed -n 's/^ *"about": \("[^"]*"\).*/N_(\1)/p' $(THEMES) >$(BUILD)/theme_words.c
	@grep -oE '"(means|check)": "([^"\\]|\\.)*"' $(MESSAGES) | sed 's/^[^:]*: \(.*\)/N_(\1)/' >$(BUILD)/message_words.c
	@xgettext --from-code=UTF-8 --language=C --add-comments=TRANSLATORS --sort-by-file --package-name=whytls \
	    --keyword=N_ --keyword=message --keyword=message_plural:1,2 -o po/whytls.pot \
	    $(BUILD)/theme_words.c $(BUILD)/message_words.c $(shell find src include -name '*.[ch]' -o -name '*.def' | sort)

bench: $(BUILD)/whytls $(TEST_TOOLS)
	@BUILD=$(BUILD) sh tests/bench.sh

install: $(BUILD)/whytls
	install -d $(DESTDIR)$(bindir)
	install -m 755 $(BUILD)/whytls $(DESTDIR)$(bindir)/whytls
	install -d $(DESTDIR)$(datadir)/whytls/themes
	install -m 644 $(THEMES) $(DESTDIR)$(datadir)/whytls/themes/
	install -d $(DESTDIR)$(datadir)/doc/whytls
	install -m 644 README.md CHANGELOG.md LICENSE $(DESTDIR)$(datadir)/doc/whytls/

uninstall:
	rm -f $(DESTDIR)$(bindir)/whytls
	rm -rf $(DESTDIR)$(datadir)/doc/whytls
	rm -f $(THEMES:%=$(DESTDIR)$(datadir)/whytls/%)
	-rmdir $(DESTDIR)$(datadir)/whytls/themes $(DESTDIR)$(datadir)/whytls

format:
	@clang-format -i $(shell find src include tests tools -name '*.[ch]')

lint:
	@sh tests/walls.sh

clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d) $(wildcard $(BUILD)/obj/tests/*/*.d)
