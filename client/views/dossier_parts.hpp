#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

json::value stage_key(const Look& state, const domain::Dossier& dossier);
json::object dossier_row(const Look& state, const domain::Product& product, const domain::Dossier& from,
                         json::storage_ptr storage = {});
// When the regulation wants a re-evaluation filed that renews the product's newest certificate of that day, and whether it is:
// "window_from", "window_to", "in_window". Nothing where no window is laid down.
void mark_window(json::object& out, const domain::Product& product, domain::DossierKind kind, Date filed,
                 const domain::RuleSet* rules);
// Files that it cites and the province does not hold whole: file, bytes, preview, document, title.
json::array missing_file_rows(const domain::Product& product, const domain::Dossier& from);
json::object tally(const domain::Tally& from);
// "paper" with the minutes' number, or "decision" with that of the stage above whose answer stands for the council's.
void mark_paper(json::object& out, const domain::Tally& from);
// An assessment by options: how many are answered, and its total.
json::object assessment(const domain::ProductSet* set, const Bytes& options);

}  // namespace hoso::client::views
