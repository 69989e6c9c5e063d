package io.earshot.sdk.internal.registry;

import io.earshot.api.codec.CodecPreferences;
import java.util.List;

/**
 * The codecs of one call. Immutable.
 *
 * @param offered what our offers list, best first; not empty
 * @param accepted what we take when the peer offers, best first: all that is offered, and more
 * @param preferences how they are sent with
 */
public record CodecPlan(List<Codecs.Entry> offered, List<Codecs.Entry> accepted, CodecPreferences preferences) {
    public CodecPlan {
        offered = List.copyOf(offered);
        accepted = List.copyOf(accepted);
    }
}
