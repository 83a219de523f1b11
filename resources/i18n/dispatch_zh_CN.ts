<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Desk</name>
    <message>
        <source>All of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Another call merged in</source>
        <translation>并入警情</translation>
    </message>
    <message>
        <source>Arrive</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>已派警</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>警情</translation>
    </message>
    <message>
        <source>Call back the caller</source>
        <translation>回拨报警人</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>报警人</translation>
    </message>
    <message>
        <source>Caller not told</source>
        <translation>未留报警人信息</translation>
    </message>
    <message>
        <source>Caller of {call}: {number}</source>
        <translation>{call} 报警电话：{number}</translation>
    </message>
    <message>
        <source>Caller revealed</source>
        <translation>查看报警电话</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>警情</translation>
    </message>
    <message>
        <source>Calls from the city appear here by themselves; N takes one by hand.</source>
        <translation>市局下派的警情会自动出现在这里；按 N 手工接警。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Choose a nature from the list</source>
        <translation>请从列表中选择警情类别</translation>
    </message>
    <message>
        <source>Choose one in the queue with the arrow keys; N takes a call by hand.</source>
        <translation>用方向键在左侧警情中选择；按 N 手工接警。</translation>
    </message>
    <message>
        <source>Chosen call</source>
        <translation>当前警情</translation>
    </message>
    <message>
        <source>City cancelled after arrival</source>
        <translation>市局在到场后撤销</translation>
    </message>
    <message>
        <source>City's word taken</source>
        <translation>以市局为准</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已结案</translation>
    </message>
    <message>
        <source>Crew</source>
        <translation>呼号</translation>
    </message>
    <message>
        <source>Crew on scene, dealing with it</source>
        <translation>警力已到场，正在处置</translation>
    </message>
    <message>
        <source>Crew sent</source>
        <translation>派警</translation>
    </message>
    <message>
        <source>Crew taken off</source>
        <translation>撤回警力</translation>
    </message>
    <message>
        <source>Crews</source>
        <translation>警力</translation>
    </message>
    <message>
        <source>Delay explained</source>
        <translation>说明延误</translation>
    </message>
    <message>
        <source>Depart</source>
        <translation>出警</translation>
    </message>
    <message>
        <source>Departed</source>
        <translation>出警</translation>
    </message>
    <message>
        <source>Duplicate call</source>
        <translation>重复警情</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Fed back</source>
        <translation>已反馈</translation>
    </message>
    <message>
        <source>Feed back</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Feedback on {call}</source>
        <translation>反馈 {call}</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>处置完毕</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>处置完毕</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Happened {happened}, written {written}, by {who}</source>
        <translation>发生 {happened}，记录 {written}，记录人 {who}</translation>
    </message>
    <message>
        <source>How did {call} end?</source>
        <translation>{call} 处理结果</translation>
    </message>
    <message>
        <source>Impossible point</source>
        <translation>坐标有误</translation>
    </message>
    <message>
        <source>In a few words (may stay empty)</source>
        <translation>简要说明（可不填）</translation>
    </message>
    <message>
        <source>In your own words (for “other”)</source>
        <translation>自行说明（选“其他”时填写）</translation>
    </message>
    <message>
        <source>Its position does not show it on the scene. Who said so? This is logged.</source>
        <translation>定位未显示其到达现场。由谁报告到场？将记入日志。</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Level 1</source>
        <translation>一级</translation>
    </message>
    <message>
        <source>Level 2</source>
        <translation>二级</translation>
    </message>
    <message>
        <source>Level 3</source>
        <translation>三级</translation>
    </message>
    <message>
        <source>Level 4</source>
        <translation>四级</translation>
    </message>
    <message>
        <source>Level {n}</source>
        <translation>{n} 级</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>Merge into {call}</source>
        <translation>并入 {call}</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>已合并</translation>
    </message>
    <message>
        <source>Merged as the same matter</source>
        <translation>已按重复警情合并</translation>
    </message>
    <message>
        <source>More crews needed</source>
        <translation>请求增援</translation>
    </message>
    <message>
        <source>N: take a call by hand</source>
        <translation>按 N 手工接警</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>警情类别</translation>
    </message>
    <message>
        <source>New call</source>
        <translation>接警</translation>
    </message>
    <message>
        <source>No call chosen</source>
        <translation>未选择警情</translation>
    </message>
    <message>
        <source>No crew available</source>
        <translation>无可派警力</translation>
    </message>
    <message>
        <source>No crew can be sent now.</source>
        <translation>当前无警力可派。</translation>
    </message>
    <message>
        <source>No crew has the digit {n}</source>
        <translation>数字 {n} 没有对应的警力</translation>
    </message>
    <message>
        <source>No crew yet</source>
        <translation>还没有警力</translation>
    </message>
    <message>
        <source>No open call</source>
        <translation>当前无在办警情</translation>
    </message>
    <message>
        <source>No place was told. Ask the caller, then set it with P on the map.</source>
        <translation>未提供案发地址。请询问报警人，再按 P 在地图上标定。</translation>
    </message>
    <message>
        <source>Not in our area</source>
        <translation>不属本站辖区</translation>
    </message>
    <message>
        <source>Not on the map</source>
        <translation>未标定</translation>
    </message>
    <message>
        <source>Nothing unusual found</source>
        <translation>现场未发现异常</translation>
    </message>
    <message>
        <source>Off the map</source>
        <translation>超出地图</translation>
    </message>
    <message>
        <source>On scene</source>
        <translation>已到场</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>地图位置</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>出警中</translation>
    </message>
    <message>
        <source>Open calls</source>
        <translation>在办警情</translation>
    </message>
    <message>
        <source>Or in your own words: just type</source>
        <translation>或直接输入自己的话（Tab 切换）</translation>
    </message>
    <message>
        <source>Passed on</source>
        <translation>已转派</translation>
    </message>
    <message>
        <source>People</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Perhaps the same: {what}</source>
        <translation>疑似重复：{what}</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>报警电话</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>案发地址</translation>
    </message>
    <message>
        <source>Place missing</source>
        <translation>地址不详</translation>
    </message>
    <message>
        <source>Place unclear</source>
        <translation>地址不清</translation>
    </message>
    <message>
        <source>Point on the map</source>
        <translation>地图选点</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>定位</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收警情</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>已重启</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退单</translation>
    </message>
    <message>
        <source>Return {call} to the centre</source>
        <translation>{call} 退回指挥中心</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退单</translation>
    </message>
    <message>
        <source>Scene under control</source>
        <translation>现场已控制</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send a crew</source>
        <translation>派警</translation>
    </message>
    <message>
        <source>Send {crew} · {minutes} min</source>
        <translation>派 {crew} · {minutes} 分钟</translation>
    </message>
    <message>
        <source>Set place</source>
        <translation>标定</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show number</source>
        <translation>查看号码</translation>
    </message>
    <message>
        <source>Show the caller's number</source>
        <translation>查看报警电话</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Status of {crew}</source>
        <translation>{crew} 的状态</translation>
    </message>
    <message>
        <source>Street, crossing (A与B), grid code, or lat,lon</source>
        <translation>街道、路口（A与B）、网格码、经纬度</translation>
    </message>
    <message>
        <source>Take a call</source>
        <translation>手工接警</translation>
    </message>
    <message>
        <source>Take the call</source>
        <translation>接警入列</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation>已撤销：{what}</translation>
    </message>
    <message>
        <source>The centre sees the cause and takes the call back.</source>
        <translation>指挥中心会看到理由并收回警情。</translation>
    </message>
    <message>
        <source>The coordinates lie off this post's map. Check the place with the city.</source>
        <translation>坐标不在本站地图范围内，请与市局核对地址。</translation>
    </message>
    <message>
        <source>The coordinates told cannot be. They were left out; set the place with P.</source>
        <translation>来单坐标有误，未予采用；请按 P 标定位置。</translation>
    </message>
    <message>
        <source>The look at the number was logged</source>
        <translation>查看号码已记入日志</translation>
    </message>
    <message>
        <source>The look is logged with your name and the reason.</source>
        <translation>查看行为连同姓名和理由记入日志。</translation>
    </message>
    <message>
        <source>The place is not on the map yet. Set it with P so that travel times are right.</source>
        <translation>地址尚未在地图上标定。按 P 标定后，到达时间才准确。</translation>
    </message>
    <message>
        <source>The reason is logged.</source>
        <translation>理由将记入日志。</translation>
    </message>
    <message>
        <source>Crews are added on the duty page, F5.</source>
        <translation>请在勤务页（F5）添加巡逻组。</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>处警记录</translation>
    </message>
    <message>
        <source>To sign</source>
        <translation>待签收</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>警情更新</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>报警内容</translation>
    </message>
    <message>
        <source>What you had typed before is back; Esc keeps it for later.</source>
        <translation>已恢复上次未完成的内容；按 Esc 可留待以后。</translation>
    </message>
    <message>
        <source>Which crew?</source>
        <translation>哪组警力？</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>请说明理由</translation>
    </message>
    <message>
        <source>as the nature says</source>
        <translation>按类别默认</translation>
    </message>
    <message>
        <source>car</source>
        <translation>汽车</translation>
    </message>
    <message>
        <source>city</source>
        <translation>市局</translation>
    </message>
    <message>
        <source>console</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>e-bike</source>
        <translation>电动自行车</translation>
    </message>
    <message>
        <source>estimated, not by road</source>
        <translation>直线估算，未按道路</translation>
    </message>
    <message>
        <source>found while you type the place</source>
        <translation>输入地址后自动查找</translation>
    </message>
    <message>
        <source>minutes by road</source>
        <translation>按道路计算</translation>
    </message>
    <message>
        <source>motorcycle</source>
        <translation>摩托车</translation>
    </message>
    <message>
        <source>no position</source>
        <translation>无定位</translation>
    </message>
    <message>
        <source>no. {n} by time</source>
        <translation>用时第 {n}</translation>
    </message>
    <message>
        <source>not found; point it on the map or save without a point</source>
        <translation>未找到；请在地图上选点，或不标定直接保存</translation>
    </message>
    <message>
        <source>on a call</source>
        <translation>在办</translation>
    </message>
    <message>
        <source>on foot</source>
        <translation>步行</translation>
    </message>
    <message>
        <source>picked: {lat:.5f}, {lon:.5f}</source>
        <translation>已选点：{lat:.5f}, {lon:.5f}</translation>
    </message>
    <message>
        <source>received {time}</source>
        <translation>接警 {time}</translation>
    </message>
    <message>
        <source>same phone</source>
        <translation>同一电话</translation>
    </message>
    <message>
        <source>type a word of it, or choose</source>
        <translation>输入关键字或选择</translation>
    </message>
    <message>
        <source>working out …</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>{age} ago</source>
        <translation>{age}前</translation>
    </message>
    <message>
        <source>{call} closed</source>
        <translation>{call} 已结案</translation>
    </message>
    <message>
        <source>{call} finished</source>
        <translation>{call} 处置完毕</translation>
    </message>
    <message>
        <source>{call} reopened</source>
        <translation>{call} 已重启</translation>
    </message>
    <message>
        <source>{call} returned</source>
        <translation>{call} 已退单</translation>
    </message>
    <message>
        <source>{call} signed</source>
        <translation>{call} 已签收</translation>
    </message>
    <message>
        <source>{call} taken</source>
        <translation>{call} 已接警</translation>
    </message>
    <message>
        <source>{call}: feedback sent</source>
        <translation>{call}：已反馈</translation>
    </message>
    <message>
        <source>{call}: not possible in this state</source>
        <translation>{call}：当前状态下不能执行</translation>
    </message>
    <message>
        <source>{call}: place set</source>
        <translation>{call}：位置已标定</translation>
    </message>
    <message>
        <source>{crews} sent to {call}</source>
        <translation>已派 {crews} 处置 {call}</translation>
    </message>
    <message>
        <source>{crew} on the scene of {call}</source>
        <translation>{crew} 已到场（{call}）</translation>
    </message>
    <message>
        <source>{crew} on the way to {call}</source>
        <translation>{crew} 已出警（{call}）</translation>
    </message>
    <message>
        <source>{crew}: arrived by word?</source>
        <translation>{crew}：凭口头报告到场？</translation>
    </message>
    <message>
        <source>{crew}: {status}</source>
        <translation>{crew}：{status}</translation>
    </message>
    <message>
        <source>{free} free · {bound} on calls · {all} in all</source>
        <translation>可派 {free} · 在办 {bound} · 共 {all} 组</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{n} m away</source>
        <translation>相距 {n} 米</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>{n} 分钟前</translation>
    </message>
    <message>
        <source>{n} open</source>
        <translation>{n} 起在办</translation>
    </message>
</context>
<context>
    <name>Limits</name>
    <message>
        <source>Arrival radius (m)</source>
        <translation>到场判定半径（米）</translation>
    </message>
    <message>
        <source>Arrive, core zone</source>
        <translation>到场，核心区</translation>
    </message>
    <message>
        <source>Arrive, crowded zone</source>
        <translation>到场，人员密集区</translation>
    </message>
    <message>
        <source>Arrive, other ground</source>
        <translation>到场，一般区域</translation>
    </message>
    <message>
        <source>Depart, level {level}</source>
        <translation>出警，{level} 级</translation>
    </message>
    <message>
        <source>First feedback, level {level}</source>
        <translation>首次反馈，{level} 级</translation>
    </message>
    <message>
        <source>Limits of this post</source>
        <translation>本站时限</translation>
    </message>
    <message>
        <source>Position too old after</source>
        <translation>定位过期时间</translation>
    </message>
    <message>
        <source>Save limits</source>
        <translation>保存时限</translation>
    </message>
    <message>
        <source>Saved; the lamps go by these limits from now on.</source>
        <translation>已保存；即刻起按此时限计时。</translation>
    </message>
    <message>
        <source>Seconds unless said otherwise. A value outside sane bounds is brought to the nearest one; the city's own limits on a call go before these.</source>
        <translation>除注明外单位均为秒。超出合理范围的数值会取最近的允许值；市局来单自带时限的，以来单为准。</translation>
    </message>
    <message>
        <source>Sign, level {level}</source>
        <translation>签收，{level} 级</translation>
    </message>
    <message>
        <source>Undo possible for</source>
        <translation>可撤销时间</translation>
    </message>
</context>
</TS>
