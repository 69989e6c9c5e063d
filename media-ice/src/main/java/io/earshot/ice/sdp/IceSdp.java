package io.earshot.ice.sdp;

import io.earshot.ice.agent.Candidate;
import io.earshot.ice.agent.CandidateType;
import io.earshot.ice.agent.IceCredentials;
import io.earshot.ice.agent.IceDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and writes {@code a=candidate}, {@code a=ice-ufrag} and their like, without {@code a=} and line end. */
public final class IceSdp {
    /** The most candidates that are read of one description. */
    public static final int MAX_CANDIDATES = 128;
    private static final Pattern ICE_CHARS = Pattern.compile("[A-Za-z0-9+/=]+");
    private static final Pattern FOUNDATION = Pattern.compile("[A-Za-z0-9+/]{1,32}");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63}){1,7}\\.?");

    private IceSdp() {
    }

    /**
     * Reads what a peer told. Session-level attributes go first, so that those of the media section win.
     *
     * @param attributes each {@code name} or {@code name:value}; others than ICE's are skipped, broken candidates too
     * @return empty when there are no usable credentials: the peer does not use ICE
     */
    public static Optional<IceDescription> parse(List<String> attributes) {
        Map<String, String> last = new LinkedHashMap<>();
        List<Candidate> candidates = new ArrayList<>();
        for (String attribute : attributes) {
            int colon = attribute.indexOf(':');
            String name = colon < 0 ? attribute.strip() : attribute.substring(0, colon);
            String value = colon < 0 ? "" : attribute.substring(colon + 1).strip();
            if (name.equals("candidate") && candidates.size() < MAX_CANDIDATES) {
                candidate(value).ifPresent(candidates::add);
            } else if (!name.equals("candidate")) {
                last.put(name, value);
            }
        }
        String ufrag = last.getOrDefault("ice-ufrag", "");
        String password = last.getOrDefault("ice-pwd", "");
        if (ufrag.length() < 4 || ufrag.length() > 256 || password.length() < 22 || password.length() > 256
                || !ICE_CHARS.matcher(ufrag).matches() || !ICE_CHARS.matcher(password).matches()) {
            return Optional.empty();
        }
        List<String> options = Arrays.stream(last.getOrDefault("ice-options", "").split(" +")).filter(each -> !each.isEmpty()).limit(16)
            .toList();
        return Optional.of(new IceDescription(new IceCredentials(ufrag, password), last.containsKey("ice-lite"), options, candidates,
            last.containsKey("end-of-candidates") || !options.contains("trickle"), remotes(last.getOrDefault("remote-candidates", ""))));
    }

    /** Reads the value of one candidate attribute, with or without {@code candidate:} in front. */
    public static Optional<Candidate> candidate(String text) {
        String[] part = (text.startsWith("candidate:") ? text.substring(10) : text).strip().split(" +");
        if (part.length < 8 || part.length > 64 || !FOUNDATION.matcher(part[0]).matches() || !part[6].equalsIgnoreCase("typ")) {
            return Optional.empty();
        }
        long component = number(part[1], 256);
        long priority = number(part[3], Integer.MAX_VALUE);
        long port = number(part[5], 65_535);
        Optional<InetSocketAddress> address = port < 0 ? Optional.empty() : address(part[4], (int) port);
        Optional<CandidateType> type = CandidateType.of(part[7]);
        if (component < 1 || priority < 1 || address.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> extensions = new LinkedHashMap<>();
        for (int i = 8; i + 1 < part.length; i += 2) {
            extensions.put(part[i], part[i + 1]);
        }
        String raddr = extensions.remove("raddr");
        long rport = number(Optional.ofNullable(extensions.remove("rport")).orElse("0"), 65_535);
        Optional<InetSocketAddress> related = raddr == null || rport < 0 ? Optional.empty() : address(raddr, (int) rport);
        return Optional.of(new Candidate(part[0], (int) component, part[2].toLowerCase(java.util.Locale.ROOT), priority, address.get(),
            type.get(), related, extensions));
    }

    private static Map<Integer, InetSocketAddress> remotes(String text) {
        Map<Integer, InetSocketAddress> remotes = new LinkedHashMap<>();
        String[] part = text.strip().split(" +");
        for (int i = 0; i + 2 < part.length && remotes.size() < 4; i += 3) {
            long component = number(part[i], 256);
            long port = number(part[i + 2], 65_535);
            Optional<InetSocketAddress> address = port < 0 ? Optional.empty() : address(part[i + 1], (int) port);
            if (component >= 1 && address.isPresent()) {
                remotes.put((int) component, address.get());
            }
        }
        return remotes;
    }

    /** A number of digits only, -1 for anything else and anything bigger. */
    private static long number(String text, long most) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long value = Long.parseLong(text);
        return value <= most ? value : -1;
    }

    /** Literals become addresses, names stay names; nothing is looked up. */
    private static Optional<InetSocketAddress> address(String text, int port) {
        try {
            if (IPV4.matcher(text).matches() || text.indexOf(':') >= 0 && IPV6.matcher(text).matches()) {
                return Optional.of(new InetSocketAddress(InetAddress.getByName(text.indexOf(':') >= 0 ? '[' + text + ']' : text), port));
            }
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
        return text.length() <= 255 && NAME.matcher(text).matches() && !Character.isDigit(text.charAt(text.length() - 1))
            ? Optional.of(InetSocketAddress.createUnresolved(text, port)) : Optional.empty();
    }

    /** Writes the attributes of a media section; {@code ice-lite} belongs to the session and is {@link #session}'s. */
    public static List<String> format(IceDescription description) {
        List<String> out = new ArrayList<>();
        out.add("ice-ufrag:" + description.credentials().ufrag());
        out.add("ice-pwd:" + description.credentials().password());
        if (!description.options().isEmpty()) {
            out.add("ice-options:" + String.join(" ", description.options()));
        }
        description.candidates().forEach(each -> out.add("candidate:" + format(each)));
        if (!description.remotes().isEmpty()) {
            StringBuilder line = new StringBuilder("remote-candidates:");
            description.remotes().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> line.append(each.getKey())
                .append(' ').append(host(each.getValue())).append(' ').append(each.getValue().getPort()).append(' '));
            out.add(line.toString().strip());
        }
        if (description.complete() && description.trickle()) {
            out.add("end-of-candidates");
        }
        return out;
    }

    /** Writes the attributes of the session. */
    public static List<String> session(IceDescription description) {
        return description.lite() ? List.of("ice-lite") : List.of();
    }

    /** Writes the value of one candidate attribute. */
    public static String format(Candidate candidate) {
        StringBuilder out = new StringBuilder(96).append(candidate.foundation()).append(' ').append(candidate.component()).append(' ')
            .append(candidate.transport()).append(' ').append(candidate.priority()).append(' ').append(host(candidate.address()))
            .append(' ').append(candidate.address().getPort()).append(" typ ").append(candidate.type().token());
        candidate.related().ifPresent(related -> out.append(" raddr ").append(host(related)).append(" rport ").append(related.getPort()));
        candidate.extensions().forEach((name, value) -> out.append(' ').append(name).append(' ').append(value));
        return out.toString();
    }

    private static String host(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return address.getHostString();
        }
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
