package io.earshot.sip.ua;

/** Names a subscription of ours, what we watch; unique within one engine. */
public record SubscriptionId(long value) {
    @Override
    public String toString() {
        return "subscription-" + value;
    }
}
