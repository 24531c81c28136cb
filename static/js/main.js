// What pages do beyond HTML. Every element only improves what already works without it. (Imports end in a semicolon: only
// those are given their hashed names when static files are collected.)
import "./elements/choice-slip.js";
import "./elements/copy-button.js";
import "./elements/draft-keeper.js";
import "./elements/drop-menu.js";
import "./elements/grow-field.js";
import "./elements/line-note.js";
import "./elements/live-bell.js";
import "./elements/live-board.js";
import "./elements/live-gathering.js";
import "./elements/live-poll.js";
import "./elements/live-presence.js";
import "./elements/live-reads.js";
import "./elements/live-topic.js";
import "./elements/long-press.js";
import "./elements/own-reactions.js";
import "./elements/post-acts.js";
import "./elements/post-count.js";
import "./elements/quiet-posts.js";
import "./elements/quote-picker.js";
import "./elements/read-keeper.js";
import "./elements/reply-field.js";
import "./elements/rich-composer.js";
import "./elements/search-suggest.js";
import "./elements/send-again.js";
import "./elements/similar-threads.js";
import "./elements/slow-note.js";
import "./elements/solved-slot.js";
import "./elements/tag-field.js";
import "./elements/thread-acts.js";
import "./elements/thread-reader.js";
import "./elements/typing-note.js";
import "./elements/undo-bar.js";
import "./elements/undo-place.js";
import "./elements/video-facade.js";
import "./lean.js";
import { keepPlaces } from "./places.js";
import { keepTimesTrue } from "./times.js";

keepTimesTrue()
keepPlaces()
