#include "server/checkpoints.hpp"

#include <charconv>

#include "shared/log/checkpoint.hpp"

namespace hoso::server {
namespace {

constexpr std::string_view meta_name = "checkpoint";

// What a note says its size is, so that a signature is verified only where it matters.
std::uint64_t claimed_size(std::string_view note) {
    const std::size_t line = note.find('\n');
    if (line == std::string_view::npos) return 0;
    std::uint64_t size = 0;
    std::from_chars(note.data() + line + 1, note.data() + note.size(), size);
    return size;
}

}  // namespace

Checkpoints::Checkpoints(const Province& province) : province_(province) {
    newest_.scopes_at = province_.book.log->size();
    if (province_.book.amnesia) {
        show_earlier();
    } else {
        sign(newest_.scopes_at);
    }
}

void Checkpoints::sign(Position scopes_at) {
    const log::CompactTree& tree = province_.book.log->tree();
    const std::string& origin = province_.book.replica.state().registry.genesis.origin;
    newest_ = {province_.book.log->size(), log::sign_note({origin, tree.size(), tree.root()}, province_.log_key), scopes_at};
}

void Checkpoints::show_earlier() {
    const auto held = province_.book.log->get_meta(meta_name);
    if (!held) return;
    const std::string note{as_text(*held)};
    if (!note_holds(province_.book, note)) return;
    newest_.log_size = claimed_size(note);
    newest_.checkpoint = note;
}

std::optional<Error> Checkpoints::disproof(const std::string& note) const {
    const Book& book = province_.book;
    if (claimed_size(note) < book.log->size() || note == newest_.checkpoint) return std::nullopt;
    const domain::Genesis& genesis = book.replica.state().registry.genesis;
    const auto signed_before = log::open_note(note, genesis.origin, genesis.log_key);
    if (!signed_before) return std::nullopt;
    if (signed_before->size == book.log->size() && signed_before->root == book.log->tree().root()) return std::nullopt;
    return Error{Errc::amnesia, "A desk holds a checkpoint of " + std::to_string(signed_before->size) +
                                    " events under this log's key; the log here holds " + std::to_string(book.log->size()) +
                                    ", or others."};
}

Result<void> keep(io::RocksLog& log, const std::string& note) { return log.put_meta_later(meta_name, as_bytes(note)); }

}  // namespace hoso::server
