/** What web clients see: who is let in, the REST operations, and the documents made from the same tables. Without sockets. */
package io.earshot.control.web;
