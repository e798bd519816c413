/** Commands of the lab, and what they start in this process. */
package dev.kombo.lab.command;
