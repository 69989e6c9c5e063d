/* Runs bcg729 over files in the ITU-T's serial format: oracle encode|pauses|decode|speed IN OUT [IN OUT ...]. Only the library's binary
 * interface is used. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern void *initBcg729EncoderChannel(uint8_t vad);
extern void closeBcg729EncoderChannel(void *);
extern void bcg729Encoder(void *, const int16_t *, uint8_t *, uint8_t *);
extern void *initBcg729DecoderChannel(void);
extern void closeBcg729DecoderChannel(void *);
extern void bcg729Decoder(void *, const uint8_t *, uint8_t length, uint8_t lost, uint8_t sid, uint8_t rfc3389, int16_t *);

static long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    long x = *(const long *) a, y = *(const long *) b;
    return x < y ? -1 : x > y;
}

static void encode(FILE *in, FILE *out, int vad) {
    void *codec = initBcg729EncoderChannel(vad);
    int16_t pcm[80];
    uint8_t frame[10], length;
    while (fread(pcm, 2, 80, in) == 80) {
        bcg729Encoder(codec, pcm, frame, &length);
        uint16_t words[82] = {0x6b21, 8 * length};
        for (int i = 0; i < 8 * length; i++) words[2 + i] = frame[i >> 3] >> (7 - (i & 7)) & 1 ? 0x81 : 0x7f;
        fwrite(words, 2, 2 + 8 * length, out);
    }
    closeBcg729EncoderChannel(codec);
}

static void decode(FILE *in, FILE *out) {
    void *codec = initBcg729DecoderChannel();
    uint16_t head[2], words[80];
    int16_t pcm[80];
    while (fread(head, 2, 2, in) == 2 && head[1] <= 80 && fread(words, 2, head[1], in) == head[1]) {
        uint8_t frame[10] = {0};
        int lost = head[1] == 0;
        for (int i = 0; i < head[1]; i++) {
            lost |= words[i] == 0;
            frame[i >> 3] |= (words[i] == 0x81) << (7 - (i & 7));
        }
        bcg729Decoder(codec, frame, (head[1] + 7) / 8, lost, head[1] == 16, 0, pcm);
        fwrite(pcm, 2, 80, out);
    }
    closeBcg729DecoderChannel(codec);
}

/* Prints nanoseconds per 20 ms, the medians of 21 rounds. */
static void speed(FILE *in) {
    static int16_t pcm[80 * 60000], out[80];
    static uint8_t coded[10 * 60000];
    long frames = fread(pcm, 160, 60000, in), enc[21], dec[21];
    for (int round = 0; round < 21; round++) {
        void *e = initBcg729EncoderChannel(0), *d = initBcg729DecoderChannel();
        uint8_t length;
        long t0 = now();
        for (long k = 0; k < frames; k++) bcg729Encoder(e, pcm + 80 * k, coded + 10 * k, &length);
        long t1 = now();
        for (long k = 0; k < frames; k++) bcg729Decoder(d, coded + 10 * k, 10, 0, 0, 0, out);
        long t2 = now();
        enc[round] = 2 * (t1 - t0) / frames;
        dec[round] = 2 * (t2 - t1) / frames;
        closeBcg729EncoderChannel(e);
        closeBcg729DecoderChannel(d);
    }
    qsort(enc, 21, sizeof(long), by_size);
    qsort(dec, 21, sizeof(long), by_size);
    printf("bcg729 %ld %ld\n", enc[10], dec[10]);
}

int main(int argc, char **argv) {
    for (int i = 2; i + 1 < argc; i += 2) {
        FILE *in = fopen(argv[i], "rb");
        if (!in) return 1;
        if (!strcmp(argv[1], "speed")) {
            speed(in);
        } else {
            FILE *out = fopen(argv[i + 1], "wb");
            if (!out) return 1;
            if (!strcmp(argv[1], "decode")) decode(in, out); else encode(in, out, !strcmp(argv[1], "pauses"));
            fclose(out);
        }
        fclose(in);
    }
    return 0;
}
