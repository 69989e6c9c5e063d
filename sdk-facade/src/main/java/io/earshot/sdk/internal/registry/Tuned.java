package io.earshot.sdk.internal.registry;

import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider that tells peers more than the codec would by itself. Immutable.
 *
 * @param more what peers are told
 * @param kept parameters that the codec gets and no peer hears of: their names begin with {@code local-}
 */
record Tuned(AudioCodecProvider provider, FormatParameters more, FormatParameters kept) implements AudioCodecProvider {
    private static final String LOCAL = "local-";

    /** Returns the entry with what the preferences have to say of it. */
    static Codecs.Entry of(Codecs.Entry entry, CodecPreferences wanted) {
        CodecDescriptor codec = entry.codec();
        FormatParameters silence = entry.provider().silence(codec, wanted.silenceSuppression());
        FormatParameters said = wanted.parameters(codec.name(), codec.rtpClockRate()).orElse(FormatParameters.NONE);
        FormatParameters more = joined(silence, only(said, false));
        FormatParameters kept = only(said, true);
        boolean nothing = more.raw().isEmpty() && kept.raw().isEmpty();
        return nothing ? entry : new Codecs.Entry(codec, new Tuned(entry.provider(), more, kept));
    }

    /** Returns the parameters that are local, or those that are not. */
    private static FormatParameters only(FormatParameters said, boolean local) {
        Map<String, String> all = said.asMap();
        if (all.keySet().stream().noneMatch(name -> name.startsWith(LOCAL))) {
            return local ? FormatParameters.NONE : said;
        }
        all.keySet().removeIf(name -> name.startsWith(LOCAL) != local);
        return FormatParameters.of(all);
    }

    private static FormatParameters joined(FormatParameters first, FormatParameters second) {
        if (first.raw().isEmpty() || second.raw().isEmpty()) {
            return first.raw().isEmpty() ? second : first;
        }
        Map<String, String> all = new LinkedHashMap<>(first.asMap());
        all.putAll(second.asMap());
        return FormatParameters.of(all);
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return provider.codecs();
    }

    @Override
    public FormatParameters offer(CodecDescriptor codec) {
        return joined(provider.offer(codec), more);
    }

    @Override
    public Optional<FormatParameters> answer(CodecDescriptor codec, FormatParameters offered) {
        return provider.answer(codec, offered).map(ours -> joined(ours, more));
    }

    @Override
    public FormatParameters silence(CodecDescriptor codec, boolean suppressed) {
        return provider.silence(codec, suppressed);
    }

    @Override
    public CodecDescriptor negotiated(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        return provider.negotiated(codec, local, remote);
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        return provider.open(codec, joined(local, kept), remote);
    }
}
