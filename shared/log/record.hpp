#pragma once

#include "shared/log/event.hpp"

namespace hoso::log {

// Leaves as they are stored and sent: length u32, flags u32, bytes. docs/log_format.md section 3.
inline constexpr std::size_t record_head = 8;
inline constexpr std::uint32_t record_head_only = 1;  // the receiver holds the rest itself: the action is its own

struct Record {
    ByteSpan bytes;  // a leaf, or a head
    bool head_only = false;
};

// Appends one record: the head alone for an event without an action.
void append_record(const Event& event, Bytes& out);
// Takes the record at the start of `rest` off it; Errc::corrupt. The bytes are looked at by decode_record.
Result<Record> next_record(ByteSpan& rest);
Result<Event> decode_record(const Record& record);                                    // Errc::corrupt
Result<std::vector<Event>> decode_records(ByteSpan records, std::size_t events_max);  // all of them; Errc::corrupt, limit

}  // namespace hoso::log
