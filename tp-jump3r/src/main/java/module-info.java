/** jump3r, the Java port of the MP3 encoder LAME by Ken Händel and others; LGPL, see {@code META-INF/licenses/jump3r}. */
@SuppressWarnings("module") // the reader is compiled later
module io.earshot.thirdparty.jump3r {
    exports de.sciss.jump3r.mp3 to io.earshot.record.mp3;
    exports de.sciss.jump3r.mpg to io.earshot.record.mp3;
}
