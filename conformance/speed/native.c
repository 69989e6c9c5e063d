/* Times the native codecs over a file of speech, by their binary interface: native CODEC SETTING FILE ROUNDS. Prints the nanoseconds of
 * processor time that the best round takes for 20 ms (iLBC: for its frame) to encode and to decode. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int samples, room, setting;

#ifdef SPANDSP
extern void *g711_init(void *, int mode);
extern int g711_encode(void *, uint8_t *, const int16_t *, int);
extern int g711_decode(void *, int16_t *, const uint8_t *, int);
static void *g711_open(void) { return g711_init(NULL, setting); }
static int g711_in(void *s, const int16_t *pcm, uint8_t *out) { return g711_encode(s, out, pcm, samples); }
static void g711_out(void *s, const uint8_t *in, int length, int16_t *pcm) { g711_decode(s, pcm, in, length); }
extern void *g722_encode_init(void *, int rate, int options);
extern int g722_encode(void *, uint8_t *out, const int16_t *in, int samples);
extern void *g722_decode_init(void *, int rate, int options);
extern int g722_decode(void *, int16_t *out, const uint8_t *in, int octets);
static void *g722_e(void) { return g722_encode_init(NULL, 64000, 0); }
static void *g722_d(void) { return g722_decode_init(NULL, 64000, 0); }
static int g722_in(void *s, const int16_t *pcm, uint8_t *out) { return g722_encode(s, out, pcm, samples); }
static void g722_out(void *s, const uint8_t *in, int length, int16_t *pcm) { g722_decode(s, pcm, in, length); }
#endif
#ifdef GSM
extern void *gsm_create(void);
extern void gsm_encode(void *, const int16_t *, uint8_t *);
extern int gsm_decode(void *, const uint8_t *, int16_t *);
static int gsm_in(void *s, const int16_t *pcm, uint8_t *out) { gsm_encode(s, pcm, out); return 33; }
static void gsm_out(void *s, const uint8_t *in, int length, int16_t *pcm) { (void) length; gsm_decode(s, in, pcm); }
#endif
#ifdef G729
extern void *initBcg729EncoderChannel(uint8_t vad);
extern void bcg729Encoder(void *, const int16_t *, uint8_t *, uint8_t *);
extern void *initBcg729DecoderChannel(void);
extern void bcg729Decoder(void *, const uint8_t *, uint8_t length, uint8_t lost, uint8_t sid, uint8_t rfc3389, int16_t *);
static void *g729_e(void) { return initBcg729EncoderChannel(0); }
static int g729_in(void *s, const int16_t *pcm, uint8_t *out) {
    uint8_t length;
    bcg729Encoder(s, pcm, out, &length);
    bcg729Encoder(s, pcm + 80, out + 10, &length);
    return 20;
}
static void g729_out(void *s, const uint8_t *in, int length, int16_t *pcm) {
    (void) length;
    bcg729Decoder(s, in, 10, 0, 0, 0, pcm);
    bcg729Decoder(s, in + 10, 10, 0, 0, 0, pcm + 80);
}
#endif
#ifdef SPEEX
typedef struct { char *chars; int bits, at, bit, owner, overflow, size, reserved; void *more; } SpeexBits;
extern void *speex_lib_get_mode(int);
extern void *speex_encoder_init(const void *);
extern void *speex_decoder_init(const void *);
extern int speex_encoder_ctl(void *, int, void *);
extern void speex_bits_init(SpeexBits *);
extern void speex_bits_reset(SpeexBits *);
extern int speex_bits_write(SpeexBits *, char *, int);
extern void speex_bits_read_from(SpeexBits *, const char *, int);
extern int speex_encode_int(void *, int16_t *, SpeexBits *);
extern int speex_decode_int(void *, SpeexBits *, int16_t *);
static SpeexBits bits;
static int band(void) { return samples == 160 ? 0 : samples == 320 ? 1 : 2; }
static void *speex_e(void) {
    void *s = speex_encoder_init(speex_lib_get_mode(band()));
    int complexity = 3;
    speex_encoder_ctl(s, 16, &complexity);
    speex_encoder_ctl(s, band() ? 4 : 6, &setting);
    speex_bits_init(&bits);
    return s;
}
static void *speex_d(void) { return speex_decoder_init(speex_lib_get_mode(band())); }
static int speex_in(void *s, const int16_t *pcm, uint8_t *out) {
    int16_t copy[640];
    memcpy(copy, pcm, samples * 2);
    speex_bits_reset(&bits);
    speex_encode_int(s, copy, &bits);
    return speex_bits_write(&bits, (char *) out, room);
}
static void speex_out(void *s, const uint8_t *in, int length, int16_t *pcm) {
    speex_bits_read_from(&bits, (const char *) in, length);
    speex_decode_int(s, &bits, pcm);
}
#endif
#ifdef OPUS
extern void *opus_encoder_create(int rate, int channels, int application, int *error);
extern int opus_encoder_ctl(void *, int request, ...);
extern int opus_encode(void *, const int16_t *pcm, int samples, uint8_t *data, int room);
extern void *opus_decoder_create(int rate, int channels, int *error);
extern int opus_decode(void *, const uint8_t *data, int length, int16_t *pcm, int samples, int fec);
static void *opus_e(void) {
    void *s = opus_encoder_create(48000, 1, 2048, NULL);
    opus_encoder_ctl(s, 4002, setting);
    opus_encoder_ctl(s, 4004, setting == 12000 ? 1101 : setting == 24000 ? 1103 : 1105);
    opus_encoder_ctl(s, 4010, 5);
    return s;
}
static void *opus_d(void) { return opus_decoder_create(48000, 1, NULL); }
static int opus_in(void *s, const int16_t *pcm, uint8_t *out) { return opus_encode(s, pcm, samples, out, room); }
static void opus_out(void *s, const uint8_t *in, int length, int16_t *pcm) { opus_decode(s, in, length, pcm, samples, 0); }
#endif
#ifdef ILBC
extern int16_t WebRtcIlbcfix_EncoderCreate(void **);
extern int16_t WebRtcIlbcfix_EncoderInit(void *, int16_t);
extern int WebRtcIlbcfix_Encode(void *, const int16_t *, size_t, uint8_t *);
extern int16_t WebRtcIlbcfix_DecoderCreate(void **);
extern int16_t WebRtcIlbcfix_DecoderInit(void *, int16_t);
extern int WebRtcIlbcfix_Decode(void *, const uint8_t *, size_t, int16_t *, int16_t *);
/* The two functions that libilbc has in C++ and takes from elsewhere. */
void rtc_FatalMessage(const char *file, int line, const char *text) { (void) file; (void) line; (void) text; abort(); }
int32_t WebRtcSpl_DotProductWithScale(const int16_t *a, const int16_t *b, size_t n, int scaling) {
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i] >> scaling;
    return sum > INT32_MAX ? INT32_MAX : sum < INT32_MIN ? INT32_MIN : (int32_t) sum;
}
static void *ilbc_e(void) { void *s; WebRtcIlbcfix_EncoderCreate(&s); WebRtcIlbcfix_EncoderInit(s, setting); return s; }
static void *ilbc_d(void) { void *s; WebRtcIlbcfix_DecoderCreate(&s); WebRtcIlbcfix_DecoderInit(s, setting); return s; }
static int ilbc_in(void *s, const int16_t *pcm, uint8_t *out) { return WebRtcIlbcfix_Encode(s, pcm, samples, out); }
static void ilbc_out(void *s, const uint8_t *in, int length, int16_t *pcm) {
    int16_t kind;
    WebRtcIlbcfix_Decode(s, in, length, pcm, &kind);
}
#endif

static const struct codec {
    const char *name;
    int samples, room;
    void *(*encoder)(void);
    void *(*decoder)(void);
    int (*in)(void *, const int16_t *, uint8_t *);
    void (*out)(void *, const uint8_t *, int, int16_t *);
} CODECS[] = {
#ifdef SPANDSP
    {"g711", 160, 160, g711_open, g711_open, g711_in, g711_out},
    {"g722", 320, 160, g722_e, g722_d, g722_in, g722_out},
#endif
#ifdef GSM
    {"gsm", 160, 33, gsm_create, gsm_create, gsm_in, gsm_out},
#endif
#ifdef G729
    {"g729", 160, 20, g729_e, initBcg729DecoderChannel, g729_in, g729_out},
#endif
#ifdef SPEEX
    {"speex8", 160, 200, speex_e, speex_d, speex_in, speex_out},
    {"speex16", 320, 200, speex_e, speex_d, speex_in, speex_out},
    {"speex32", 640, 200, speex_e, speex_d, speex_in, speex_out},
#endif
#ifdef OPUS
    {"opus", 960, 1275, opus_e, opus_d, opus_in, opus_out},
#endif
#ifdef ILBC
    {"ilbc20", 160, 38, ilbc_e, ilbc_d, ilbc_in, ilbc_out},
    {"ilbc30", 240, 50, ilbc_e, ilbc_d, ilbc_in, ilbc_out},
#endif
    {NULL, 0, 0, NULL, NULL, NULL, NULL}};

static long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

int main(int argc, char **argv) {
    const struct codec *codec = CODECS;
    while (argc == 5 && codec->name && strcmp(codec->name, argv[1])) codec++;
    FILE *f = argc == 5 && codec->name ? fopen(argv[3], "rb") : NULL;
    if (!f) return 2;
    samples = codec->samples;
    room = codec->room;
    setting = atoi(argv[2]);
    fseek(f, 0, SEEK_END);
    long count = ftell(f) / 2 / samples;
    rewind(f);
    int16_t *pcm = malloc(count * samples * 2), back[5760];
    uint8_t *coded = malloc(count * room);
    int *lengths = malloc(count * sizeof(int));
    if (fread(pcm, 2 * samples, count, f) != (size_t) count) return 2;
    long encode = 0, decode = 0;
    for (int round = 0; round < atoi(argv[4]); round++) {
        void *e = codec->encoder(), *d = codec->decoder();
        long start = now();
        for (long i = 0; i < count; i++) lengths[i] = codec->in(e, pcm + i * samples, coded + i * room);
        long middle = now();
        for (long i = 0; i < count; i++) codec->out(d, coded + i * room, lengths[i], back);
        long end = now();
        if (!round || middle - start < encode) encode = middle - start;
        if (!round || end - middle < decode) decode = end - middle;
    }
    printf("%ld %ld\n", encode / count, decode / count);
    return 0;
}
