/* OpenSSL's DTLS behind a pipe, on a clock that the pipe sets. In: "N client|server MTU PROFILES" begins anew, "T MILLISECONDS", "P HEX" for a
   datagram. Out: "S HEX" for each datagram it sends, "K PROFILE CLIENT-KEY-AND-SALT SERVER-KEY-AND-SALT" when it has keys, "E REASON" when it
   gives up, and "." after each command. The first line is the SHA-256 of its certificate. */
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

static long long clock_ms = 1000000;

/* OpenSSL asks this for its timers; the program's own goes before the C library's. */
int gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
    (void)zone;
    tv->tv_sec = clock_ms / 1000;
    tv->tv_usec = clock_ms % 1000 * 1000;
    return 0;
}

static void hex(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        printf("%02x", bytes[i]);
}

/* One datagram each way at a time: a memory BIO of OpenSSL's would run them together. */
static unsigned char waiting[4096];
static int waiting_length;
static long mtu = 1200;

static int take(BIO *bio, char *to, int room)
{
    int length = waiting_length < room ? waiting_length : room;
    BIO_clear_retry_flags(bio);
    if (length == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    memcpy(to, waiting, (size_t)length);
    waiting_length = 0;
    return length;
}

static int give(BIO *bio, const char *from, int length)
{
    BIO_clear_retry_flags(bio);
    printf("S ");
    hex((const unsigned char *)from, (size_t)length);
    printf("\n");
    return length;
}

static long control(BIO *bio, int what, long number, void *pointer)
{
    (void)bio;
    (void)number;
    (void)pointer;
    switch (what) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_DGRAM_QUERY_MTU:
    case BIO_CTRL_DGRAM_GET_FALLBACK_MTU:
        return mtu;
    case BIO_CTRL_DGRAM_GET_MTU_OVERHEAD:
    default:
        return 0;
    }
}

static int any(int ok, X509_STORE_CTX *context)
{
    (void)ok;
    (void)context;
    return 1;
}

static X509 *certificate(EVP_PKEY *key)
{
    X509 *made = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_gmtime_adj(X509_getm_notBefore(made), 0);
    X509_gmtime_adj(X509_getm_notAfter(made), 86400);
    X509_set_pubkey(made, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC, (const unsigned char *)"oracle", -1, -1, 0);
    X509_set_issuer_name(made, X509_get_subject_name(made));
    X509_sign(made, key, EVP_sha256());
    return made;
}

static void keys(SSL *ssl)
{
    const SRTP_PROTECTION_PROFILE *profile = SSL_get_selected_srtp_profile(ssl);
    unsigned char out[2 * (32 + 14)];
    size_t key = profile->id == 8 ? 32 : 16, salt = profile->id >= 7 ? 12 : 14;
    if (SSL_export_keying_material(ssl, out, 2 * (key + salt), "EXTRACTOR-dtls_srtp", 19, NULL, 0, 0) != 1)
        exit(3);
    printf("K %lu ", profile->id);
    hex(out, key);
    hex(out + 2 * key, salt);
    printf(" ");
    hex(out + key, key);
    hex(out + 2 * key + salt, salt);
    printf("\n");
}

int main(void)
{
    static char line[1 << 16];
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *own = certificate(key);
    SSL_CTX *context = SSL_CTX_new(DTLS_method());
    BIO_METHOD *pipe = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "pipe");
    SSL *ssl = NULL;
    int over = 1;
    unsigned char digest[32];
    unsigned int size;
    BIO_meth_set_read(pipe, take);
    BIO_meth_set_write(pipe, give);
    BIO_meth_set_ctrl(pipe, control);
    SSL_CTX_use_certificate(context, own);
    SSL_CTX_use_PrivateKey(context, key);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, any);
    X509_digest(own, EVP_sha256(), digest, &size);
    hex(digest, size);
    printf(" %s\n", OpenSSL_version(OPENSSL_VERSION));
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        if (line[0] == 'N') {
            char role[16], profiles[128];
            BIO *bio = BIO_new(pipe);
            if (sscanf(line, "N %15s %ld %127s", role, &mtu, profiles) != 3)
                return 1;
            SSL_free(ssl);
            ssl = SSL_new(context);
            BIO_set_init(bio, 1);
            SSL_set_bio(ssl, bio, bio);
            SSL_set_options(ssl, SSL_OP_NO_QUERY_MTU);
            DTLS_set_link_mtu(ssl, mtu);
            SSL_set_tlsext_use_srtp(ssl, profiles);
            over = 0;
            clock_ms = 1000000;
            waiting_length = 0;
            if (role[0] == 'c')
                SSL_set_connect_state(ssl);
            else
                SSL_set_accept_state(ssl);
        } else if (line[0] == 'T') {
            clock_ms = 1000000 + atoll(line + 2);
            DTLSv1_handle_timeout(ssl);
        } else if (line[0] == 'P') {
            size_t length;
            if (OPENSSL_hexstr2buf_ex(waiting, sizeof waiting, &length, strtok(line + 2, "\n"), '\0') != 1)
                return 1;
            waiting_length = (int)length;
        }
        for (int more = 1; more;) {
            unsigned char junk[64];
            int before = SSL_is_init_finished(ssl);
            int done = over || before ? SSL_read(ssl, junk, sizeof junk) : SSL_do_handshake(ssl);
            if (!before && SSL_is_init_finished(ssl))
                keys(ssl);
            int error = SSL_get_error(ssl, done);
            if (!over && done <= 0 && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_ZERO_RETURN) {
                over = 1;
                printf("E %s\n", ERR_reason_error_string(ERR_peek_error()));
            }
            ERR_clear_error();
            more = waiting_length > 0 && !over;
        }
        printf(".\n");
        fflush(stdout);
    }
    return 0;
}
