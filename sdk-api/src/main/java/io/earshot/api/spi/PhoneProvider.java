package io.earshot.api.spi;

import io.earshot.api.PhoneBuilder;

/** Offers the engine behind {@link io.earshot.api.Phone#builder()}. Found by {@link java.util.ServiceLoader}. */
public interface PhoneProvider {
    /** Returns a new builder with the default settings. */
    PhoneBuilder builder();
}
