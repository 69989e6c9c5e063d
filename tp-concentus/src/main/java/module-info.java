/** Concentus, a port of libopus to Java by Logan Stromberg and others; BSD licence, see {@code META-INF/licenses/concentus}. */
@SuppressWarnings("module") // the reader is compiled later
module io.earshot.thirdparty.concentus {
    exports io.github.jaredmdobson.concentus to io.earshot.codec.opus;
}
