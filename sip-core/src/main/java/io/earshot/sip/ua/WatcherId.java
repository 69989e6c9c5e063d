package io.earshot.sip.ua;

/** Names a subscription of somebody else to something of ours; unique within one engine. */
public record WatcherId(long value) {
    @Override
    public String toString() {
        return "watcher-" + value;
    }
}
