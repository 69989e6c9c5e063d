package io.earshot.sdk.internal.registry;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The codecs of one phone, best first. Immutable. */
public final class Codecs {
    /** Where the codecs that we publish live, for the error that names the missing one. */
    private static final Map<String, String> ARTIFACTS = Map.ofEntries(Map.entry("PCMU", "codec-g711"), Map.entry("PCMA", "codec-g711"),
            Map.entry("G722", "codec-g722"), Map.entry("G729", "codec-g729"), Map.entry("GSM", "codec-gsm"),
            Map.entry("ILBC", "codec-ilbc"), Map.entry("OPUS", "codec-opus"), Map.entry("SPEEX", "codec-speex"));

    private final List<Entry> entries;

    /** A codec and who offers it. */
    public record Entry(CodecDescriptor codec, AudioCodecProvider provider) { }

    private Codecs(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Orders what the providers offer by priority, where that is the same by cost; of two that offer the same codec the one of higher
     * priority wins.
     */
    public static Codecs of(Iterable<AudioCodecProvider> providers) {
        List<Entry> all = new ArrayList<>();
        for (AudioCodecProvider provider : providers) {
            provider.codecs().forEach(codec -> all.add(new Entry(codec, provider)));
        }
        all.sort(Comparator.comparingInt((Entry entry) -> -entry.codec().priority())
            .thenComparing(entry -> entry.provider().cost(entry.codec())));
        List<Entry> unique = new ArrayList<>();
        for (Entry entry : all) {
            CodecDescriptor codec = entry.codec();
            if (unique.stream().noneMatch(known -> known.codec().matches(codec.name(), codec.rtpClockRate(), codec.rtpChannels()))) {
                unique.add(entry);
            }
        }
        return new Codecs(unique);
    }

    /**
     * Returns those of these names, in their order; all when there are no names.
     *
     * @throws VoipException when one is not there, naming the artifact that has it
     */
    public Codecs select(List<String> names) {
        if (names.isEmpty()) {
            if (entries.isEmpty()) {
                throw new VoipException(new Failure.NoProvider("codec", "PCMU", "io.earshot:codec-g711"));
            }
            return this;
        }
        List<Entry> chosen = new ArrayList<>();
        for (String name : names) {
            List<Entry> found = entries.stream().filter(entry -> named(entry.codec(), name)).toList();
            if (found.isEmpty()) {
                String artifact = ARTIFACTS.get(name.split("/")[0].toUpperCase(Locale.ROOT));
                throw new VoipException(new Failure.NoProvider("codec", name,
                        artifact == null ? "a module that provides it" : "io.earshot:" + artifact));
            }
            found.stream().filter(entry -> !chosen.contains(entry)).forEach(chosen::add);
        }
        return new Codecs(chosen);
    }

    /** Returns those of G.711, which everybody has; all when there are none. */
    public Codecs basic() {
        List<Entry> plain = entries.stream().filter(entry -> named(entry.codec(), "PCMU") || named(entry.codec(), "PCMA")).toList();
        return plain.isEmpty() ? this : new Codecs(plain);
    }

    /** Returns the codecs, best first. */
    public List<Entry> entries() {
        return entries;
    }

    private static boolean named(CodecDescriptor codec, String name) {
        return codec.name().equalsIgnoreCase(name) || (codec.name() + "/" + codec.rtpClockRate()).equalsIgnoreCase(name);
    }
}
