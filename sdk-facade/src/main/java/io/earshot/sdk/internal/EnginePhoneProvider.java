package io.earshot.sdk.internal;

import io.earshot.api.PhoneBuilder;
import io.earshot.api.spi.PhoneProvider;

/** Provides this engine to {@link io.earshot.api.Phone#builder()}. */
public final class EnginePhoneProvider implements PhoneProvider {
    @Override
    public PhoneBuilder builder() {
        return new EnginePhoneBuilder();
    }
}
