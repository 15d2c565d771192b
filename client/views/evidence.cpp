#include "client/views/evidence.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace hoso::client::views {
namespace {

constexpr std::size_t digits_min = 8;

template <typename Visit>
void each_file(const domain::Product& product, const Visit& visit) {
    for (const auto& [id, dossier] : product.dossiers) {
        for (const domain::Document& document : dossier.documents) {
            for (const domain::DocumentFile& file : document.files) visit(dossier, document, file);
        }
    }
}

}  // namespace

json::object file_row(const domain::Product& product, const domain::Document& document, const domain::DocumentFile& file,
                      const AskHere& here) {
    const log::FileId id{file.root, file.size};
    const Here held = here(id);
    const Position stored = product.files.at(file.root).stored;
    const bool whole = held.held == file.size;
    json::array criteria;
    for (const auto& criterion : document.criteria) criteria.push_back(json::string(criterion));
    json::object row{{"file", file.root.hex()},
                     {"document", document.document},
                     {"title", document.title},
                     {"criteria", std::move(criteria)},
                     {"media_type", file.media_type},
                     {"bytes", file.size},
                     {"state", stored != no_position ? "stored"
                               : whole               ? "waiting"
                                                     : "missing"},
                     {"stored_at", position(stored)},
                     {"here", whole},
                     {"here_bytes", held.held},
                     {"left_bytes", stored != no_position ? 0 : held.left}};
    if (file.preview_size > 0) {
        row["preview"] = file.preview.hex();
        row["preview_here"] = here({file.preview, file.preview_size}).held == file.preview_size;
    }
    return row;
}

json::array evidence(const domain::Product& product, const AskHere& here) {
    json::array rows;
    each_file(product, [&](const domain::Dossier& dossier, const domain::Document& document, const domain::DocumentFile& file) {
        json::object row = file_row(product, document, file, here);
        row["dossier"] = dossier.id.hex();
        rows.push_back(std::move(row));
    });
    return rows;
}

json::array citations(const Look& state, const Hash& root, const AskHere& here) {
    json::array rows;
    state.each<domain::Product>([&](const domain::Product& product) {
        if (!product.files.contains(root)) return;
        each_file(product, [&](const domain::Dossier& dossier, const domain::Document& document, const domain::DocumentFile& file) {
            if (file.root != root && file.preview != root) return;
            json::object row = file_row(product, document, file, here);
            row["product"] = product.id.hex();
            row["name"] = product.name;
            row["dossier"] = dossier.id.hex();
            rows.push_back(std::move(row));
        });
    });
    return rows;
}

Result<log::FileId> find_file(const Look& state, std::string_view written) {
    std::string name(written);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool digits = name.find_first_not_of("0123456789abcdef") == name.npos;
    if (name.size() < digits_min || name.size() > 2 * Hash::size || !digits)
        return Error{Errc::invalid,
                     "A file is named by its 64 hex digits, or at least the first 8 of them: see hoso evidence list."};
    std::map<Hash, std::uint64_t> found;
    state.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& [root, cited] : product.files) {
            if (root.hex().starts_with(name)) found.emplace(root, cited.size);
        }
    });
    if (found.empty()) return Error{Errc::not_found, "No document on this desk cites a file " + name + "."};
    if (found.size() > 1) return Error{Errc::invalid, "Several files begin with " + name + ": give more digits."};
    return log::FileId{found.begin()->first, found.begin()->second};
}

}  // namespace hoso::client::views
