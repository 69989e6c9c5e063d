/** Identifiers, injected so that a run can be repeated from its seed. */
package io.earshot.api.id;
