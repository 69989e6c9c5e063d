package com.example.dvi4;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;

/** Offers DVI4 with the static payload type of RFC 3551. */
public final class Dvi4Provider implements AudioCodecProvider {
    static final CodecDescriptor DVI4 = new CodecDescriptor("DVI4", 8000, 8000, 1, 5, 10, 20, 100);

    /** For the service loader. */
    public Dvi4Provider() {
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(DVI4);
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        return new Dvi4Codec();
    }
}
