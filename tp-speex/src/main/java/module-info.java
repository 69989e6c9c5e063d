/** JSpeex, the Java port of libspeex by Wimba and others; BSD licence, see {@code META-INF/licenses/speex}. */
@SuppressWarnings("module") // the reader is compiled later
module io.earshot.thirdparty.speex {
    exports org.xiph.speex to io.earshot.codec.speex;
}
