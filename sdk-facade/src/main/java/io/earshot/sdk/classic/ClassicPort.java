package io.earshot.sdk.classic;

import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import java.util.Optional;

/** The local SIP port: any free one at the first start, and the same one at later ones, so that NATs and servers know us again (B-196). */
final class ClassicPort {
    private static final String NAME = "signalingport";

    private ClassicPort() {
    }

    /** Opens a phone. */
    static Phone open(ClassicParameters from, ClassicSaved saved) {
        Optional<String> before = from.number(NAME) == 0 ? saved.get(NAME) : Optional.empty();
        if (before.isPresent()) {
            try {
                return ClassicConfig.apply(from.with(NAME, before.get()).parameters(), Phone.builder()).open();
            } catch (VoipException taken) {
                // by another program meanwhile: another port will do, and other reasons come again
            }
        }
        Phone phone = ClassicConfig.apply(from, Phone.builder()).open();
        if (from.number(NAME) == 0) {
            phone.listeningOn().stream().findFirst().map(listening -> listening.substring(listening.lastIndexOf(':') + 1))
                    .filter(port -> port.matches("[0-9]{1,5}")).ifPresent(port -> saved.put(NAME, port));
        }
        return phone;
    }
}
