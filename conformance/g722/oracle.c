/* Runs spandsp's G.722 over files: oracle encode|decode64|decode56|decode48|speed IN OUT [IN OUT ...]. Only the library's binary
   interface is used. Octets are cut for the lower rates, because spandsp wants seven or six bits then. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct g722_state g722_state;
extern g722_state *g722_encode_init(g722_state *, int rate, int options);
extern int g722_encode(g722_state *, uint8_t *out, const int16_t *in, int samples);
extern g722_state *g722_decode_init(g722_state *, int rate, int options);
extern int g722_decode(g722_state *, int16_t *out, const uint8_t *in, int octets);

static long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static uint8_t *load(const char *path, long *size) {
    FILE *f = fopen(path, "rb");
    fseek(f, 0, SEEK_END);
    *size = ftell(f);
    rewind(f);
    uint8_t *data = malloc(*size + 640);
    if (fread(data, 1, *size, f) != (size_t) *size) exit(1);
    fclose(f);
    return data;
}

static int by_size(const void *a, const void *b) {
    long x = *(const long *) a, y = *(const long *) b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    const char *verb = argv[1];
    int encode = verb[0] != 'd', speed = verb[0] == 's';
    int rate = encode ? 64000 : atoi(verb + 6) * 1000;
    for (int i = 2; i + 1 < argc; i += 2) {
        long size;
        uint8_t *in = load(argv[i], &size);
        long frames = size / (encode ? 640 : 160);
        uint8_t *coded = malloc(frames * 160 + 160);
        int16_t *pcm = malloc(frames * 640 + 640);
        long enc[21], dec[21];
        if (!encode)
            for (long k = 0; k < frames * 160; k++) in[k] >>= (64000 - rate) / 8000;
        for (int round = 0; round < (speed ? 21 : 1); round++) {
            g722_state *e = g722_encode_init(NULL, 64000, 0), *d = g722_decode_init(NULL, rate, 0);
            long t0 = now();
            if (encode) for (long k = 0; k < frames; k++) g722_encode(e, coded + 160 * k, (int16_t *) in + 320 * k, 320);
            long t1 = now();
            if (!encode || speed) for (long k = 0; k < frames; k++) g722_decode(d, pcm + 320 * k, (encode ? coded : in) + 160 * k, 160);
            long t2 = now();
            enc[round] = (t1 - t0) / frames;
            dec[round] = (t2 - t1) / frames;
            free(e);
            free(d);
        }
        if (speed) {
            qsort(enc, 21, sizeof(long), by_size);
            qsort(dec, 21, sizeof(long), by_size);
            printf("spandsp %ld %ld\n", enc[10], dec[10]);
            continue;
        }
        FILE *out = fopen(argv[i + 1], "wb");
        if (encode) fwrite(coded, 160, frames, out); else fwrite(pcm, 640, frames, out);
        fclose(out);
    }
    return 0;
}
