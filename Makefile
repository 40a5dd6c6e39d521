# whytls - GNU make. `make run`, `make check`, `make install`, `make bench`, `make fuzz`; README.md.
# A packager overrides CC, CFLAGS, CPPFLAGS, LDFLAGS, prefix, DESTDIR on the command line or in
# config.mk; what the build itself needs is added beside them.
-include config.mk

CC          ?= cc
PKG_CONFIG  ?= pkg-config
CFLAGS      ?= -O2 -g
HARDENING   ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
HARDENING_LD ?= -pie -Wl,-z,relro -Wl,-z,now
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
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES)) -lm)$(PKG_LIBS)

ALL_CPPFLAGS = -D_GNU_SOURCE -DNCURSES_WIDECHAR=1 -Iinclude -Isrc -I$(BUILD)/gen $(PKG_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS   = -std=c11 $(WARNINGS) $(WERROR) $(HARDENING) $(SANITIZE) $(CFLAGS)
ALL_LDFLAGS  = $(HARDENING_LD) $(SANITIZE) $(LDFLAGS)

SOURCES := $(sort $(shell find src -name '*.c'))
DATA    := $(sort $(wildcard src/data/*.json))
THEMES  := $(sort $(wildcard themes/*.json))
OBJECTS := $(SOURCES:%.c=$(BUILD)/obj/%.o)
LIBRARY := $(BUILD)/libwhytls.a
LIBRARY_OBJECTS := $(filter-out $(BUILD)/obj/src/main.o,$(OBJECTS)) \
    $(BUILD)/obj/gen/data_files.o $(BUILD)/obj/gen/theme_files.o
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
TEST_TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tests/tools/%,$(sort $(wildcard tests/tools/*.c)))

.PHONY: all run deps deps-check check check-fast bench install uninstall clean format lint golden-update
all: $(BUILD)/whytls

# A second make, so that what `deps` has just installed is seen.
run: deps
	+@$(MAKE) --no-print-directory all
	@BUILD=$(BUILD) sh tools/run.sh $(TARGET)

deps:
	@sh tools/deps.sh build

deps-check:
	@sh tools/deps.sh check

$(BUILD)/whytls: $(BUILD)/obj/src/main.o $(LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(LIBRARY): $(LIBRARY_OBJECTS)
	@rm -f $@
	$(call say,AR,$@)
	$(Q)$(AR) rcs $@ $^

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) -DWHYTLS_VERSION='"$(VERSION)"' -DWHYTLS_BUILD_TIME=$(BUILD_TIME) \
	    -DWHYTLS_DATADIR='"$(datadir)/whytls"' $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The build date is a witness of the time (doc/design.md): from the source, so that builds reproduce.
BUILD_TIME = $(eval BUILD_TIME := $(shell sh tools/build-time.sh))$(BUILD_TIME)

# Data files, compiled in.
$(BUILD)/tools/embed: tools/embed.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) -std=c11 -Wall -Wextra -O1 -o $@ $<

$(BUILD)/gen/data_files.c: $(DATA)
$(BUILD)/gen/theme_files.c: $(THEMES)
$(BUILD)/gen/%_files.c: $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(call say,DATA,$@)
	$(Q)$(BUILD)/tools/embed $*_files $(filter %.json,$^) > $@.tmp && mv $@.tmp $@

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) -Itests $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -MF $@.d -o $@ $< $(LIBRARY) \
	    $(PKG_LIBS) -lcmocka

$(BUILD)/tests/tools/%: tests/tools/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) -Itests $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -MF $@.d -o $@ $< $(LIBRARY) $(PKG_LIBS)

# What calls the fuzzers' entry points: our own driver, or libFuzzer (`make fuzz`).
FUZZ_MAIN ?= tests/fuzz/drive.c
$(BUILD)/fuzz/%: tests/fuzz/%.c tests/fuzz/drive.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) -Itests $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(FUZZ_MAIN) $(LIBRARY) $(PKG_LIBS)

.PHONY: tests fuzzers fuzz
tests: $(BUILD)/whytls $(UNIT_TESTS) $(TEST_TOOLS) $(FUZZERS)
fuzzers: $(BUILD)/whytls $(FUZZERS)

# Needs clang. FUZZ_SECONDS for each; what it finds is kept in $(BUILD)/fuzzing.
fuzz:
	+@$(MAKE) --no-print-directory CC=clang BUILD=$(BUILD)/libfuzzer HARDENING= HARDENING_LD= \
	    CFLAGS="-O1 -g -fno-omit-frame-pointer" FUZZ_MAIN=-fsanitize=fuzzer \
	    SANITIZE="-fsanitize=fuzzer-no-link,address,undefined" fuzzers
	@BUILD=$(BUILD)/libfuzzer sh tests/fuzz/run.sh

# Everything: installs what the tests need, builds twice (plain, and with sanitizers), runs all.
check: deps-check
	+@$(MAKE) --no-print-directory WERROR=-Werror tests
	+@$(MAKE) --no-print-directory WERROR=-Werror BUILD=$(BUILD)/asan HARDENING= HARDENING_LD= \
	    CFLAGS="-O1 -g -fno-omit-frame-pointer" \
	    SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined" tests
	@BUILD=$(BUILD) sh tests/run.sh

# For the one who works on it: the plain build's tests, without installing anything.
check-fast: tests
	@BUILD=$(BUILD) FAST=1 sh tests/run.sh

# What a reader sees, written anew: screens, advice, the tree. Read the difference before a commit.
golden-update: $(BUILD)/whytls $(TEST_TOOLS)
	@BUILD=$(BUILD) UPDATE_GOLDEN=1 sh tests/golden.sh
	@BUILD=$(BUILD) UPDATE_GOLDEN=1 sh tests/screens/test_wizard.sh

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
	clang-format -i $(shell find src include tests tools -name '*.[ch]')

lint:
	@sh tests/walls.sh

clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(TEST_TOOLS:=.d)
