/** SIP requests that Earshot has no meaning for, sent and received by the program itself. */
package io.earshot.api.raw;
