package io.earshot.sip.ua;

import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.transaction.Hop;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** Our Contact in a REGISTER with all that it says of us: flow, instance, push service, preference. Drops what the way there cannot. */
final class RegisterContact {
    private final Context context;
    private final Account account;
    private final int flow;
    private boolean flowRefused;
    private boolean pushRefused;

    RegisterContact(Context context, Account account) {
        this(context, account, 1);
    }

    /** {@code flow} is the reg-id where the registration is bound to its flow. */
    RegisterContact(Context context, Account account, int flow) {
        this.context = context;
        this.account = account;
        this.flow = flow;
    }

    private RegistrationOptions options() {
        return account.settings().registration();
    }

    boolean isBoundToFlow() {
        return options().outbound() && !flowRefused;
    }

    /** Tells whether a refusal is of something that can be done without, and does without it from now on. */
    boolean yields(int status) {
        if (status == 439 && isBoundToFlow()) { // RFC 5626 §11.6: the first hop does not support outbound
            flowRefused = true;
            return true;
        }
        if (status == 555 && options().push().isPresent() && !pushRefused) { // RFC 8599 §4.1.2
            pushRefused = true;
            return true;
        }
        return false;
    }

    /** Returns the Supported header of a REGISTER. */
    String supported() {
        StringJoiner tags = new StringJoiner(", ");
        if (!context.extensions.supported().isEmpty()) {
            tags.add(context.extensions.supported());
        }
        if (!context.extensions.supports("path")) {
            tags.add("path");
        }
        if (options().gruu() != RegistrationOptions.Gruu.NONE) {
            tags.add("gruu");
        }
        if (isBoundToFlow()) {
            tags.add("outbound");
        }
        return tags.toString();
    }

    /** Returns the URI of our Contact over this hop. */
    SipUri uri(Hop hop) {
        SipUri uri = context.direct(Optional.of(account), account.settings().contactUser(), hop);
        if (isBoundToFlow()) {
            uri = uri.withParameter("ob");
        }
        Optional<RegistrationOptions.Push> push = options().push().filter(service -> !pushRefused);
        if (push.isPresent()) {
            uri = uri.withParameter("pn-provider", push.get().provider());
            uri = push.get().parameter().isPresent() ? uri.withParameter("pn-param", push.get().parameter().get()) : uri;
            uri = uri.withParameter("pn-prid", push.get().id());
        }
        return uri;
    }

    /** Returns the entry of the Contact header. */
    NameAddr entry(SipUri uri) {
        NameAddr entry = NameAddr.of(uri);
        if (options().instance().isPresent()) {
            entry = entry.withParameter("+sip.instance", "<" + options().instance().get() + ">");
        }
        if (isBoundToFlow()) {
            entry = entry.withParameter("reg-id", Integer.toString(flow));
        }
        if (options().priority() < 1000) {
            entry = entry.withParameter("q", String.format(Locale.ROOT, "0.%03d", options().priority()));
        }
        return entry;
    }
}
