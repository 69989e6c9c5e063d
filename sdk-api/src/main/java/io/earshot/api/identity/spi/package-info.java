/** What a plug-in that verifies callers provides. */
package io.earshot.api.identity.spi;
