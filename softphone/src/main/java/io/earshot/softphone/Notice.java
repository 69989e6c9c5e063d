package io.earshot.softphone;

import java.util.List;
import java.util.Optional;

/** What of a notification is for the user's eyes. */
final class Notice {
    private static final List<String> BAD = List.of("ERROR", "WARNING");

    private Notice() {
    }

    /** Returns the text to show for a while, if there is one. */
    static Optional<String> of(List<String> fields) {
        String type = fields.get(0);
        boolean event = type.equals("EVENT") && fields.size() > 2 && BAD.contains(fields.get(1));
        if (event) {
            return Optional.of(fields.get(2));
        }
        boolean bare = (BAD.contains(type) || type.equals("POPUP")) && fields.size() > 1;
        return bare ? Optional.of(fields.get(1)) : Optional.empty();
    }
}
