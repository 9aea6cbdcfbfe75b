package train

import (
	"encoding/base64"
	"fmt"
	"html"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/words"
)

// reportStyle lets wide tables scroll and long words break.
const reportStyle = `body{font:16px/1.5 system-ui,sans-serif;max-width:960px;margin:2rem auto;padding:0 1rem;color:#1b1d21}
div{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}th,td{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #e3e4e8;font-weight:400;vertical-align:top}
th{color:#5c6270}td{font-variant-numeric:tabular-nums;overflow-wrap:anywhere}pre{overflow-x:auto;font:13px/1.4 ui-monospace,monospace}.matrix td,.matrix th{padding:.25rem .5rem;text-align:right}img{max-width:100%}`

// page is a report being written.
type page struct{ strings.Builder }

func (b *page) row(name, value string) {
	fmt.Fprintf(b, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", html.EscapeString(name), html.EscapeString(value))
}

func (b *page) heading(text string) { fmt.Fprintf(b, "<h2>%s</h2>\n", html.EscapeString(text)) }

// listing writes lines under a heading, unless there are none.
func (b *page) listing(heading, text string) {
	if text != "" {
		b.heading(heading)
		fmt.Fprintf(b, "<pre>%s</pre>\n", html.EscapeString(text))
	}
}

// table writes titles and rows.
func (b *page) table(class string, titles []string, rows [][]string) {
	fmt.Fprintf(b, "<div><table class=%q>\n<tr>", class)
	for _, t := range titles {
		fmt.Fprintf(b, "<th scope=\"col\">%s</th>", html.EscapeString(t))
	}
	b.WriteString("</tr>\n")
	for _, row := range rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(b, "<th scope=\"row\">%s</th>", html.EscapeString(cell))
			} else {
				fmt.Fprintf(b, "<td>%s</td>", html.EscapeString(cell))
			}
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table></div>\n")
}

// report returns one page about the run: result, settings, curves, epochs, confusion matrix,
// the network's layers, network and recipe as Keras code, machine, version.
func (v *View) report() []byte {
	w, r := &words.Train, &v.desk.Library.Run
	var b page
	title := html.EscapeString(w.ReportTitle)
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"%s\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>\n<style>%s</style>\n<h1>%s</h1>\n<div><table>\n", words.Page.Language, title, reportStyle, title)
	v.reportResult(&b, r)
	b.WriteString("</table></div>\n")
	b.heading(w.ReportSetting)
	b.WriteString("<div><table>\n")
	for _, f := range fields() {
		b.row(f.words.Label, f.of(r))
	}
	b.WriteString("</table></div>\n")
	b.heading(w.Curves)
	fmt.Fprintf(&b, "<p><img alt=\"%s\" src=\"data:image/png;base64,%s\"></p>\n", html.EscapeString(w.ReportCurves), base64.StdEncoding.EncodeToString(v.chartPNG()))
	b.heading(w.ReportEpochs)
	var rows [][]string
	for _, e := range r.Epochs {
		rows = append(rows, []string{fmt.Sprint(e.Epoch), figure.Rate(e.Rate), score(e.Train), figure.Percent(e.Train.Accuracy), score(e.Val), figure.Percent(e.Val.Accuracy)})
	}
	b.table("", []string{w.ReportEpoch, w.LearningRate, w.Loss, w.Accuracy, w.CurveValidation + ": " + words.Small(w.Loss), w.Validation}, rows)
	if names := v.classes(r); len(r.Matrix) > 0 && names != nil {
		b.heading(w.ReportMatrix)
		rows = nil
		for i, counts := range r.Matrix {
			row := []string{names[i]}
			for _, n := range counts {
				row = append(row, figure.Count(n))
			}
			rows = append(rows, row)
		}
		b.table("matrix", append([]string{w.ReportPredicted}, names...), rows)
	}
	b.listing(w.ReportNetwork, r.Began.Summary)
	b.listing(w.ReportCode, r.Began.Code)
	b.WriteString("</html>\n")
	return []byte(b.String())
}

// reportResult is what came of the run, on what, and where.
func (v *View) reportResult(b *page, r *library.Run) {
	w, d := &words.Train, v.desk
	if r.Unix > 0 {
		b.row(w.ReportDate, when(r.Unix))
	}
	if text := heldOut(r); text != "" {
		if r.Began.Job.Data == task.TestSet {
			text += ". " + w.Unfair
		}
		b.row(w.ReportResult, text)
	}
	b.row(w.ReportPictures, fmt.Sprintf(w.ReportCounts, figure.Count(r.Began.Trained), figure.Count(r.Began.HeldOut), heldOutPart(r)))
	b.row(w.ReportTime, fmt.Sprintf(w.ReportTimeIs, figure.Duration(seconds(r)), figure.Things(max(r.State.Workers, 1), words.Nouns.Core)))
	if r.State.Memory > 0 {
		b.row(w.ReportMemory, figure.Megabytes(float64(r.State.Memory)))
	}
	b.row(w.ReportMachine, d.Machine)
	b.row(words.App.Name, d.Version)
	job := r.Began.Job
	b.row(w.ReportAddress, "#"+v.hash(&job))
}

func score(m task.Metrics) string {
	if m.Loss == 0 {
		return words.Train.NoFigure
	}
	return figure.Score(m.Loss)
}
