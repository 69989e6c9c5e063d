package io.earshot.sip.ua;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one engine understands: the methods and option tags of the parts it is made of, and so its Allow and Supported headers (RFC 3261
 * §20.5, §20.37). Each part adds its own while the engine is built.
 */
final class Extensions {
    private static final List<SipMethod> ALWAYS = List.of(SipMethod.INVITE, SipMethod.ACK, SipMethod.CANCEL, SipMethod.BYE,
        SipMethod.OPTIONS);

    /** Methods that are known whether or not they are handled, and so get 405 and not 501. */
    private static final List<SipMethod> KNOWN = List.of(SipMethod.REGISTER, SipMethod.PRACK, SipMethod.UPDATE, SipMethod.INFO,
        SipMethod.MESSAGE, SipMethod.SUBSCRIBE, SipMethod.NOTIFY, SipMethod.REFER, SipMethod.PUBLISH);

    /** Whose requests are taken, and by whom: the newest first. Nobody takes those that calls take themselves. */
    private final Map<SipMethod, List<MethodHandler>> methods = new LinkedHashMap<>();
    private final Set<String> options = new LinkedHashSet<>();
    private Supplier<String> served = () -> "";
    private final Set<String> infoPackages = new LinkedHashSet<>();

    /** Says who takes the requests of a method that it {@linkplain MethodHandler#claims claims}; others added before take the rest. */
    void add(SipMethod method, MethodHandler handler) {
        methods.computeIfAbsent(method, key -> new ArrayList<>()).add(0, handler);
    }

    /** Takes back what {@link #add} said; a method that nobody is left to take is not understood any more. */
    void remove(SipMethod method, MethodHandler handler) {
        methods.computeIfPresent(method, (key, takers) -> takers.remove(handler) && takers.isEmpty() ? null : takers);
    }

    /** Says that calls take a method themselves, within their dialogs. */
    void addInCalls(SipMethod method) {
        methods.computeIfAbsent(method, key -> new ArrayList<>());
    }

    /** Says that an option tag is supported; it may then stand in Require. */
    void support(String option) {
        options.add(option.toLowerCase(Locale.ROOT));
    }

    /** Says who knows the event packages that others may subscribe to. */
    void serveEvents(Supplier<String> allowed) {
        served = allowed;
    }

    /** Returns the Allow-Events header; empty when nothing can be subscribed to. */
    String allowEvents() {
        return served.get();
    }

    /** Returns who takes this request. */
    Optional<MethodHandler> handler(Request request) {
        return methods.getOrDefault(request.method(), List.of()).stream().filter(handler -> handler.claims(request)).findFirst();
    }

    /** Tells whether this handler, perhaps among others, takes requests of a method. */
    boolean takes(MethodHandler handler, SipMethod method) {
        return methods.getOrDefault(method, List.of()).contains(handler);
    }

    boolean allows(SipMethod method) {
        return ALWAYS.contains(method) || methods.containsKey(method);
    }

    boolean isKnown(SipMethod method) {
        return KNOWN.contains(method) || allows(method);
    }

    boolean supports(String option) {
        return options.contains(option.toLowerCase(Locale.ROOT));
    }

    /** Says that an Info Package is understood (RFC 6086 §5.2). */
    void receiveInfo(String infoPackage) {
        infoPackages.add(infoPackage);
    }

    boolean receivesInfo(String infoPackage) {
        return infoPackages.stream().anyMatch(infoPackage::equalsIgnoreCase);
    }

    /** Returns the Recv-Info header. Being there and empty says that there is no package we want (RFC 6086 §5.2.2). */
    String recvInfo() {
        return String.join(", ", infoPackages);
    }

    /** Tells whether one of the handlers keeps the dialog of a request. */
    boolean knows(Request request) {
        return handler(request).filter(handler -> handler.knows(request)).isPresent();
    }

    /** Returns the Allow header. */
    String allow() {
        return Stream.concat(ALWAYS.stream(), methods.keySet().stream()).map(Object::toString).collect(Collectors.joining(", "));
    }

    /** Returns the Supported header. Being there and empty says that there is no extension (§20.37). */
    String supported() {
        return String.join(", ", options);
    }

    /** Returns the Recv-Info header of calls with this policy. */
    String recvInfo(CallPolicy policy) {
        return infoPackages.stream().filter(policy::uses).collect(Collectors.joining(", "));
    }

    /** Returns the Supported header of calls with this policy. */
    String supported(CallPolicy policy) {
        return options.stream().filter(policy::uses).collect(Collectors.joining(", "));
    }
}
