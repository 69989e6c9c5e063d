package io.earshot.sdk.internal.route;

import io.earshot.sip.sdp.Attribute;
import io.earshot.sip.sdp.MediaDescription;
import io.earshot.sip.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The candidates of one call that did not come in an offer or answer (RFC 8838, RFC 8840). They may come before the description that they
 * belong to, and count for as long as that is in force. Confined to the signalling loop.
 */
public final class TrickleLine {
    private static final int MOST_SEARCHES = 4;
    private static final int MOST_LINES = 100;
    private final boolean wanted;
    /** Of the peer: by search, then by media line. */
    private final Map<String, Map<String, Set<String>>> theirs = new LinkedHashMap<>();

    /** Makes that of one call; if not {@code wanted}, what we say of ICE does not mention it. */
    public TrickleLine(boolean wanted) {
        this.wanted = wanted;
    }

    /** Returns what was told of our ways, as the peer is to read it. */
    List<String> ours(List<String> attributes) {
        return wanted ? attributes : attributes.stream().filter(one -> !one.equals("end-of-candidates"))
                .map(one -> one.startsWith("ice-options:") ? one.replaceFirst("\\btrickle\\b ?", "") : one)
                .filter(one -> !one.strip().equals("ice-options:")).toList();
    }

    /** Returns our description with a name for its line of audio, by which later candidates go (RFC 8840 §4.1). */
    SessionDescription named(SessionDescription plain, int index) {
        MediaDescription media = plain.media().get(index);
        return !wanted || media.mid().isPresent() ? plain
                : plain.withMedia(index, media.with(Attribute.of("mid", Integer.toString(index))));
    }

    /** Takes the body of an INFO, and tells whether there is anything in it that was not known. */
    public boolean hear(String body) {
        Optional<SdpFragment> read = wanted ? SdpFragment.parse(body) : Optional.empty();
        read.ifPresent(one -> {
            if (!theirs.containsKey(one.ufrag()) && theirs.size() >= MOST_SEARCHES) {
                theirs.remove(theirs.keySet().iterator().next());
            }
        });
        return read.filter(one -> add(theirs.computeIfAbsent(one.ufrag(), name -> new LinkedHashMap<>()), one.lines())).isPresent();
    }

    private static boolean add(Map<String, Set<String>> known, Map<String, List<String>> lines) {
        boolean news = false;
        for (Map.Entry<String, List<String>> each : lines.entrySet()) {
            Set<String> section = known.computeIfAbsent(each.getKey(), name -> new LinkedHashSet<>());
            for (String line : each.getValue()) {
                news |= (section.size() < MOST_LINES || line.equals("end-of-candidates")) && section.add(line);
            }
        }
        return news;
    }

    /** Returns what the peer has told of its ways to the line of that index: in its description, and since. */
    public List<String> told(SessionDescription description, int index) {
        List<String> told = new ArrayList<>(RouteLine.told(description, index));
        Map<String, Set<String>> more = told.stream().filter(one -> one.startsWith("ice-ufrag:")).reduce((outer, own) -> own)
                .map(one -> theirs.get(one.substring(10).strip())).orElse(Map.of());
        names(description, index).forEach(name -> told.addAll(more.getOrDefault(name, Set.of())));
        return told;
    }

    /** Under which names candidates for that line come: its own, that of the line whose port its bundle shares, none. */
    private static List<String> names(SessionDescription description, int index) {
        Optional<String> own = index < description.media().size() ? description.media().get(index).mid() : Optional.empty();
        Optional<String> first = own.flatMap(mid -> description.groups().stream().map(group -> List.of(group.strip().split(" +")))
                .filter(words -> words.get(0).equals("BUNDLE") && words.lastIndexOf(mid) > 0).map(words -> words.get(1)).findFirst());
        return Stream.of(own, first, Optional.of("")).flatMap(Optional::stream).distinct().toList();
    }

    /** Returns the body of an INFO with what we know of our ways, for the line of that index of the peer's description in force. */
    public String body(List<String> attributes, Optional<SessionDescription> description, int index) {
        String mid = description.filter(theirs -> index < theirs.media().size()).flatMap(theirs -> theirs.media().get(index).mid())
                .orElse(Integer.toString(index));
        return SdpFragment.write(attributes, mid);
    }

    /** Tells whether an offer of the peer's says that it takes candidates one by one. */
    public static boolean isIn(SessionDescription offer) {
        return Stream.concat(offer.attributes().stream(), offer.media().stream().flatMap(media -> media.attributes().stream()))
                .anyMatch(one -> one.name().equals("ice-options") && List.of(one.value().strip().split(" +")).contains("trickle"));
    }
}
