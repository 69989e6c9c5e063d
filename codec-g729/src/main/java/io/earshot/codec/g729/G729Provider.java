package io.earshot.codec.g729;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecCost;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Offers G729 with the static payload type 18 of RFC 3551 and the {@code annexb} parameter of RFC 4856 §2.1.9, negotiated as RFC 7261
 * asks: absent means yes, and silence suppression is used only where both sides say yes. Streams of G.729 and of Annex A are the same to
 * either's decoder; ours is that of Annex A, or with {@code local-decoder=full} that of G.729 itself, whose post-filter costs more.
 */
public final class G729Provider implements AudioCodecProvider {
    private static final int SAMPLE_RATE = 8000;
    private static final int PAYLOAD_TYPE = 18;
    private static final int FRAME_MILLIS = 10;
    private static final int DEFAULT_PTIME = 20;
    private static final int PRIORITY = 600;
    private static final String ANNEX_B = "annexb";
    private static final String DECODER = "local-decoder";
    private static final FormatParameters YES = FormatParameters.of(Map.of(ANNEX_B, "yes"));
    private static final FormatParameters NO = FormatParameters.of(Map.of(ANNEX_B, "no"));

    static final CodecDescriptor G729 =
        new CodecDescriptor("G729", SAMPLE_RATE, SAMPLE_RATE, 1, PAYLOAD_TYPE, FRAME_MILLIS, DEFAULT_PTIME, PRIORITY);

    /** For {@link java.util.ServiceLoader}. */
    public G729Provider() {
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(G729);
    }

    @Override
    public FormatParameters offer(CodecDescriptor codec) {
        return YES;
    }

    @Override
    public Optional<FormatParameters> answer(CodecDescriptor codec, FormatParameters offered) {
        return Optional.of(hasAnnexB(offered) ? YES : NO);
    }

    @Override
    public FormatParameters silence(CodecDescriptor codec, boolean suppressed) {
        return suppressed ? FormatParameters.NONE : NO; // an answer says yes only to an offer that does
    }

    @Override
    public CodecCost cost(CodecDescriptor codec) {
        return CodecCost.HEAVY;
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
        if (!codec.equals(G729)) {
            throw new IllegalArgumentException("not a codec of this provider: " + codec);
        }
        boolean full = local.get(DECODER).filter("full"::equalsIgnoreCase).isPresent();
        return new G729Codec(hasAnnexB(local) && hasAnnexB(remote), full);
    }

    private static boolean hasAnnexB(FormatParameters parameters) {
        return !"no".equalsIgnoreCase(parameters.get(ANNEX_B).orElse("yes"));
    }
}
