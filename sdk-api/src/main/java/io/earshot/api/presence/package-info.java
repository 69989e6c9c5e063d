/**
 * Who is there and what is going on: presence (RFC 3856), busy lamps (RFC 4235), voice mail (RFC 3842) and registrations (RFC 3680). The
 * doors are {@link io.earshot.api.Account#presence()} for what others see of us and {@link io.earshot.api.Account#watches()} for what we
 * see of others. No method takes or returns {@code null}.
 */
package io.earshot.api.presence;
