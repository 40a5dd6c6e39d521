/*
 * embed.c - turns files into a C table of the name that is given first: name, bytes, length.
 * Runs at build time only.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int embed_file(const char *path, int number)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return 1;
    }
    printf("static const unsigned char file_%d[] = {", number);
    int c;
    for (size_t n = 0; (c = fgetc(f)) != EOF; n++)
        printf("%s%d,", n % 24 == 0 ? "\n" : "", c);
    printf("0};\n");
    fclose(f);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 64;
    printf("#include \"whytls/data.h\"\n");
    for (int i = 2; i < argc; i++)
        if (embed_file(argv[i], i) != 0)
            return 1;
    printf("const struct data_file %s[] = {\n", argv[1]);
    for (int i = 2; i < argc; i++)
        printf(
            "    {.name = \"%s\", .bytes = (const char *)file_%d, .len = sizeof(file_%d) - 1},\n",
            base_name(argv[i]), i, i);
    printf("    {.name = NULL},\n};\n");
    return 0;
}
