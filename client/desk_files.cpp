#include "client/desk_files.hpp"

#include <algorithm>

#include "shared/domain/files.hpp"

namespace hoso::client {
namespace {

static_assert(domain::file_bytes_max == log::file_bytes_max);

}  // namespace

DeskFiles::DeskFiles(const std::filesystem::path& folder, std::unique_ptr<io::BlobStore> store)
    : file_(folder / "files.json"), store_(std::move(store)), intake_(*store_) {}

Result<std::unique_ptr<DeskFiles>> DeskFiles::open(const std::filesystem::path& folder, std::uint64_t reserve_bytes) {
    const auto blobs = folder / "blobs";
    auto store = io::BlobStore::open(blobs, {.reserve_bytes = reserve_bytes});
    std::optional<Error> why;
    if (!store) {
        why = store.error();
        why->detail = "The files of this desk cannot be opened. " + why->detail + " Give this program a folder " + blobs.string() +
                      " that it may write to, and start it again.";
        store = io::BlobStore::closed(blobs, *why);
    }
    std::unique_ptr<DeskFiles> files{new DeskFiles(folder, std::move(*store))};
    files->closed_ = std::move(why);
    if (auto loaded = files->load(); !loaded) return loaded.error();
    return files;
}

// ---- what is missing where ----------------------------------------------------------------------------------------------

DeskFiles::Needs DeskFiles::needs_of(const domain::Product& product) {
    Needs needs;
    const auto sort = [&](const log::FileId& file, const log::FileId& of, std::vector<log::FileId>& stored) {
        const bool at_province = product.files.at(file.root).stored != no_position;
        if (at_province) {
            stored.push_back(file);
        } else {
            needs.unstored.push_back({file, of});
        }
    };
    for (const auto& [id, dossier] : product.dossiers) {
        for (const domain::Document& document : dossier.documents) {
            for (const domain::DocumentFile& file : document.files) {
                const log::FileId original{file.root, file.size};
                if (file.preview != Hash{}) sort({file.preview, file.preview_size}, original, needs.previews);
                sort(original, original, needs.originals);
            }
        }
    }
    return needs;
}

void DeskFiles::refresh(const replica::State& confirmed) {
    const auto look_at = [&](const StreamId& id, const replica::Stream& stream) {
        const auto* product = std::get_if<domain::Product>(&stream.content);
        if (!product || product->files.empty()) return;
        needs_[id] = needs_of(*product);
    };
    if (all_touched_) {
        needs_.clear();
        for (const auto& [id, stream] : confirmed.streams) look_at(id, stream);
    }
    for (const StreamId& id : touched_) {
        if (const replica::Stream* stream = confirmed.stream(id)) look_at(id, *stream);
    }
    all_touched_ = false;
    touched_.clear();
}

// ---- for the link -------------------------------------------------------------------------------------------------------

void DeskFiles::begin() {
    answers_.clear();
    intake_ = io::BlobIntake(*store_);
}

void DeskFiles::offer(const log::FileId& file, sync::client::Files& files) {
    if (files.offers.size() >= sync::blob_offers_max || answers_.contains(file)) return;
    const auto chunks = store_->chunks(file);
    if (!chunks) return;
    const bool twice = std::any_of(files.offers.begin(), files.offers.end(), [&](const auto& other) { return other.file == file; });
    if (!twice) files.offers.push_back({file, true, Bytes(chunks->bits().begin(), chunks->bits().end())});
}

void DeskFiles::note(const io::BlobIntake::Step& step, const log::FileId& file, Instant now) {
    if (answers_.empty()) answers_since_ = now;
    for (const log::FileId& ended : step.ended) answers_[ended] = sync::BlobState::later;
    if (step.failed) answers_[file] = step.failed->code == Errc::full ? sync::BlobState::full : sync::BlobState::later;
}

void DeskFiles::fetch(const log::FileId& file, sync::client::Files& files, Instant now) {
    if (answers_.contains(file) || store_->is_whole(file) || intake_.awaits(file)) return;
    const auto step = intake_.begin(file, log::ChunkMap::all());
    note(step, file, now);
    files.wants.insert(files.wants.end(), step.wants.begin(), step.wants.end());
}

sync::client::Files DeskFiles::look(const replica::State& confirmed, Instant now) {
    sync::client::Files files;
    if (closed_ || spent(now)) return files;
    refresh(confirmed);
    const bool originals = policy_.allows_at(now);
    const auto is_small = [](const log::FileId& file) { return file.size <= domain::preview_bytes_max; };
    for (const auto& [stream, needs] : needs_) {
        for (const auto& [file, of] : needs.unstored) {
            if (is_small(file)) offer(file, files);
        }
        if (!policy_.previews) continue;
        for (const log::FileId& file : needs.previews) fetch(file, files, now);
    }
    if (!originals) return files;
    for (const auto& [stream, needs] : needs_) {
        for (const auto& [file, of] : needs.unstored) offer(file, files);
        for (const log::FileId& file : needs.originals) {
            if (policy_.all_originals || wanted_.contains(file)) fetch(file, files, now);
        }
    }
    return files;
}

std::optional<sync::BlobChunk> DeskFiles::read(const sync::client::ReadPiece& asked, Instant now) {
    const bool waits = asked.file.size > domain::preview_bytes_max && !policy_.allows_at(now);
    if (spent(now) || waits) return std::nullopt;
    auto piece = store_->read(asked.file, asked.offset, asked.bytes_max);
    // What changed on this disk is set aside: people are told that it is missing, and add it again.
    if (!piece && piece.error().code == Errc::corrupt && !store_->check(asked.file.root)) return std::nullopt;
    if (!piece) return std::nullopt;
    spend(piece->bytes.size(), now);
    return sync::BlobChunk{asked.file, asked.offset, std::move(piece->bytes), std::move(piece->proof)};
}

std::optional<Error> DeskFiles::forget_wanted(const log::FileId& file) {
    if (wanted_.erase(file) == 0) return std::nullopt;
    const auto saved = save();
    return saved ? std::nullopt : std::optional{saved.error()};
}

DeskFiles::Kept DeskFiles::keep(const sync::BlobChunk& piece, Instant now) {
    spend(piece.bytes.size(), now);
    io::BlobIntake::Step step = intake_.take(piece);
    note(step, piece.file, now);
    Kept kept{{std::move(step.wants)}, std::move(step.failed)};
    if (step.whole) {
        if (auto trouble = forget_wanted(piece.file)) kept.trouble = std::move(trouble);
    }
    return kept;
}

sync::client::PieceKept DeskFiles::answered(const sync::client::FileAnswered& answer, Instant now) {
    if (answer.state == sync::BlobState::stored) held_there_.erase(answer.file);
    io::BlobIntake::Step step = intake_.drop(answer.file);
    note(step, answer.file, now);
    answers_[answer.file] = answer.state;
    return {std::move(step.wants)};
}

bool DeskFiles::more_may_travel(Instant now) {
    constexpr Instant while_gone = 600'000'000;
    const bool before = std::exchange(may_travel_, !spent(now) && policy_.allows_at(now));
    const bool again = !answers_.empty() && now - answers_since_ > while_gone;
    if (again) std::erase_if(answers_, [](const auto& entry) { return entry.second != sync::BlobState::stored; });
    if (again) answers_since_ = now;
    return (may_travel_ && !before) || again;
}

void DeskFiles::heard(const sync::BlobWant& want) {
    if (want.bytes > 0) held_there_[want.file] = std::min(want.held, want.file.size);
}

// ---- for people ---------------------------------------------------------------------------------------------------------

std::uint64_t DeskFiles::left_of(const log::FileId& file) const {
    const auto held = held_there_.find(file);
    return held == held_there_.end() ? file.size : file.size - held->second;
}

std::optional<sync::BlobState> DeskFiles::answer_to(const log::FileId& file) const {
    const auto found = answers_.find(file);
    return found == answers_.end() ? std::nullopt : std::optional{found->second};
}

std::map<log::FileId, log::FileId> DeskFiles::awaited(const replica::State& confirmed, const replica::State& pending) {
    refresh(confirmed);
    std::map<log::FileId, log::FileId> found;
    const auto add = [&](const Needs& needs) {
        for (const auto& [file, of] : needs.unstored) {
            if (store_->is_whole(file)) found.emplace(file, of);
        }
    };
    for (const auto& [stream, needs] : needs_) {
        if (!pending.stream(stream)) add(needs);
    }
    for (const auto& [id, stream] : pending.streams) {
        if (const auto* product = std::get_if<domain::Product>(&stream.content)) add(needs_of(*product));
    }
    return found;
}

std::vector<log::FileId> DeskFiles::waiting_files(const replica::State& confirmed, const replica::State& pending) {
    std::vector<log::FileId> files;
    for (const auto& [file, of] : awaited(confirmed, pending)) files.push_back(file);
    return files;
}

DeskFiles::Waiting DeskFiles::waiting(const replica::State& confirmed, const replica::State& pending, Instant now) {
    const auto found = awaited(confirmed, pending);
    Waiting waiting{.in_hours = policy_.allows_at(now), .day_spent = spent(now), .said = {}};
    for (const auto& [file, of] : found) {
        const std::uint64_t left = left_of(file);
        waiting.bytes += left;
        if (left > 0 && left < file.size)
            waiting.percent = std::max(waiting.percent, static_cast<unsigned>((file.size - left) * 100 / file.size));
        if (of != file && found.contains(of)) continue;  // a preview beside its file is no file to people
        ++waiting.files;
        if (const auto answer = answer_to(file)) ++waiting.said[*answer];
    }
    return waiting;
}

Result<void> DeskFiles::want(const log::FileId& file) {
    if (store_->is_whole(file) || !wanted_.insert(file).second) return {};
    answers_.erase(file);
    return save();
}

Result<void> DeskFiles::set_policy(FilesPolicy policy) {
    policy_ = policy;
    return save();
}

bool DeskFiles::spent(Instant now) {
    if (day_.day != local_date(now)) day_ = {local_date(now), 0};
    return policy_.bytes_per_day > 0 && day_.bytes >= policy_.bytes_per_day;
}

// Noted now and then: what a crash forgets is a megabyte.
void DeskFiles::spend(std::uint64_t bytes, Instant now) {
    constexpr std::uint64_t step = 1 << 20;
    spent(now);
    const std::uint64_t before = day_.bytes;
    day_.bytes += bytes;
    const bool note = policy_.bytes_per_day > 0 && (before / step != day_.bytes / step || day_.bytes >= policy_.bytes_per_day);
    if (note && !save()) return;  // the disk says so elsewhere, louder
}

}  // namespace hoso::client
