package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.Uri;

/** Where an account's registration (RFC 3261 §10) stands. */
public sealed interface RegistrationState {
    /** Not registered and not trying to be: the first state, and the last after {@link SipEngine#unregister}. */
    record Unregistered() implements RegistrationState { }

    /** A REGISTER is under way for the first time, or after a failure. */
    record Registering() implements RegistrationState { }

    /**
     * Registered; refreshes happen by themselves.
     *
     * @param contact the binding
     * @param expiresSeconds what the registrar granted
     */
    record Registered(Uri contact, long expiresSeconds) implements RegistrationState {
        public Registered {
            requireNonNull(contact, "contact");
        }
    }

    /**
     * Not registered; the next try comes by itself.
     *
     * @param cause why the last try failed
     * @param retryAt when the next starts, in ns of the owner's ticker
     */
    record Waiting(Failure cause, long retryAt) implements RegistrationState {
        public Waiting {
            requireNonNull(cause, "cause");
        }
    }

    /**
     * Not registered, and nothing happens until {@link SipEngine#register} is called: trying again would not help.
     *
     * @param cause why
     */
    record Failed(Failure cause) implements RegistrationState {
        public Failed {
            requireNonNull(cause, "cause");
        }
    }

    /** The binding is being removed. */
    record Unregistering() implements RegistrationState { }
}
