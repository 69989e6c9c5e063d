/* Runs libgsm over files: oracle encode|decode|speed IN OUT [IN OUT ...]. Only the library's binary interface is used. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct gsm_state *gsm;
extern gsm gsm_create(void);
extern void gsm_destroy(gsm);
extern void gsm_encode(gsm, short *, unsigned char *);
extern int gsm_decode(gsm, unsigned char *, short *);

static long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static unsigned char *load(const char *path, long *size) {
    FILE *f = fopen(path, "rb");
    fseek(f, 0, SEEK_END);
    *size = ftell(f);
    rewind(f);
    unsigned char *data = malloc(*size + 320);
    if (fread(data, 1, *size, f) != (size_t) *size) exit(1);
    fclose(f);
    return data;
}

static int by_size(const void *a, const void *b) {
    long x = *(const long *) a, y = *(const long *) b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    for (int i = 2; i + 1 < argc; i += 2) {
        long size;
        unsigned char *in = load(argv[i], &size);
        int encode = strcmp(argv[1], "decode") != 0;
        long frames = size / (encode ? 320 : 33);
        unsigned char *coded = malloc(frames * 33 + 33);
        short *pcm = malloc(frames * 320 + 320);
        long enc[21], dec[21];
        for (int round = 0; round < (strcmp(argv[1], "speed") ? 1 : 21); round++) {
            gsm e = gsm_create(), d = gsm_create();
            long t0 = now();
            if (encode) for (long k = 0; k < frames; k++) gsm_encode(e, (short *) in + 160 * k, coded + 33 * k);
            long t1 = now();
            if (strcmp(argv[1], "encode"))
                for (long k = 0; k < frames; k++)
                    if (gsm_decode(d, (encode ? coded : in) + 33 * k, pcm + 160 * k)) exit(3);
            long t2 = now();
            enc[round] = (t1 - t0) / frames;
            dec[round] = (t2 - t1) / frames;
            gsm_destroy(e);
            gsm_destroy(d);
        }
        if (!strcmp(argv[1], "speed")) {
            qsort(enc, 21, sizeof(long), by_size);
            qsort(dec, 21, sizeof(long), by_size);
            printf("libgsm %ld %ld\n", enc[10], dec[10]);
            continue;
        }
        FILE *out = fopen(argv[i + 1], "wb");
        if (encode) fwrite(coded, 33, frames, out); else fwrite(pcm, 320, frames, out);
        fclose(out);
    }
    return 0;
}
