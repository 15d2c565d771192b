#pragma once

#include <functional>

#include "client/views/parts.hpp"
#include "shared/log/file_tree.hpp"

// The files of dossiers, as the log has them; what lies on this desk is asked for by who calls.
namespace hoso::client::views {

// What a desk knows of a file: bytes that are here, and bytes that the province does not have yet as far as it said.
struct Here {
    std::uint64_t held = 0;
    std::uint64_t left = 0;
};
using AskHere = std::function<Here(const log::FileId&)>;

// "stored": the province has it whole; "waiting": it lies here and is to be sent; "missing": neither; with "here" and "bytes".
json::object file_row(const domain::Product& product, const domain::Document& document, const domain::DocumentFile& file,
                      const AskHere& here);
// Every file that the product's dossiers cite, a row for each document that cites it.
json::array evidence(const domain::Product& product, const AskHere& here);
// Where a file is cited: a row for each document.
json::array citations(const Look& state, const Hash& root, const AskHere& here);

// The file that a name or the beginning of it (at least 8 digits) means. Errc::not_found, invalid where several begin so.
Result<log::FileId> find_file(const Look& state, std::string_view name);

}  // namespace hoso::client::views
