package io.earshot.sip.events;

import io.earshot.sip.events.DialogInfo.Dialog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls of a line as the documents of one subscription tell them one after the other (RFC 4235 §4.3). For one thread. */
public final class DialogTable {
    private static final int MOST = 1000;

    private final Map<String, Dialog> dialogs = new LinkedHashMap<>();
    private long version = -1;

    /** Makes a table that nothing is known to yet. */
    public DialogTable() {
        // nothing is known
    }

    /** What a document did. */
    public enum Outcome {
        /** The table says what there is. */
        TAKEN,
        /** It is older than what is known, and of no use. */
        STALE,
        /** One before it is missing: the table says what is known, and the whole state should be asked for. */
        GAP
    }

    /** Takes a document. Calls that ended are told of once: {@link #dialogs()} has them until the next one comes. */
    public Outcome take(DialogInfo info) {
        if (version >= 0 && info.version() <= version && !info.full()) {
            return Outcome.STALE;
        }
        boolean gap = !info.full() && (version < 0 || info.version() > version + 1);
        version = info.version();
        dialogs.values().removeIf(dialog -> dialog.state() == DialogInfo.State.TERMINATED);
        if (info.full()) {
            dialogs.clear();
        }
        for (Dialog dialog : info.dialogs()) {
            if (dialogs.size() < MOST || dialogs.containsKey(dialog.id())) {
                dialogs.put(dialog.id(), dialog);
            }
        }
        return gap ? Outcome.GAP : Outcome.TAKEN;
    }

    /** Forgets all: a new subscription counts anew. */
    public void clear() {
        dialogs.clear();
        version = -1;
    }

    /** Returns the calls. */
    public List<Dialog> dialogs() {
        return List.copyOf(dialogs.values());
    }
}
