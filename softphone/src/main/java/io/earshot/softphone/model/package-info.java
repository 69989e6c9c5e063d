/** What the window shows and does, without any drawing: the plan made of parameters, the state of the phone, what buttons mean. */
package io.earshot.softphone.model;
