package io.earshot.sip.resolve;

import io.earshot.api.dns.spi.DnsResolver.RecordType;
import java.util.Locale;

/** One DNS question, in lower case. */
record Question(String name, RecordType type) {
    static Question of(String name, RecordType type) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return new Question(bare.toLowerCase(Locale.ROOT), type);
    }
}
